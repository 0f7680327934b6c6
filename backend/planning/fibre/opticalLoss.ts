import type { PlanRules } from '../rules.ts';

/** dB for a kilometre of fibre, a connector and a splice, and how many there are on the way to an address. */
const PER_KILOMETRE = 0.35;
const CONNECTORS = 4;
const CONNECTOR = 0.5;
const SPLICES = 4;
const SPLICES_PER_KILOMETRE = 0.5;
const SPLICE = 0.1;

/** The loss in dB from the feed to an address. */
export function opticalLoss(metres: number, { splitterLoss }: Pick<PlanRules, 'splitterLoss'>): number {
  const kilometres = metres / 1000;
  const splices = SPLICES + SPLICES_PER_KILOMETRE * kilometres;
  return splitterLoss + PER_KILOMETRE * kilometres + CONNECTORS * CONNECTOR + SPLICE * splices;
}
