import type { PlanRuleName } from '../contract/planArea.ts';

/** A rule of the form; those that are no numbers have fields of their own. */
export type RuleField = PlanRuleName | 'ways' | 'crossStreets' | 'cableSizes' | 'leaveOutPoles';

export interface RuleGroup {
  name: 'drops' | 'splitters' | 'cables' | 'ways';
  /** The rules that a planner looks at first. */
  first: readonly RuleField[];
  /** The others are folded. */
  more: readonly RuleField[];
}

/** The order of the rules in the form. */
export const RULE_GROUPS: readonly RuleGroup[] = [
  {
    name: 'drops',
    first: ['longestDropMetres', 'longestSpanMetres'],
    more: [
      'crossStreets',
      'longestLateralMetres',
      'corridorMetres',
      'leastPoleGapMetres',
      'leaveOutPoles',
      'newTerminalMetres',
    ],
  },
  {
    name: 'splitters',
    first: ['splitterPorts', 'sparePortsPercent'],
    more: ['splitterLossDb', 'terminalPorts'],
  },
  {
    name: 'cables',
    first: ['cableSizes', 'spareFibresPercent'],
    more: ['routeSlackPercent', 'closureSlackMetres', 'dropSlackMetres'],
  },
  { name: 'ways', first: ['ways', 'lossLimitDb', 'lossMarginDb'], more: ['longestDetour'] },
];

/** The unit of a rule, which its name ends with. */
export function unitOf(name: PlanRuleName): string {
  if (name.endsWith('Metres')) return 'm';
  if (name.endsWith('Percent')) return '%';
  if (name.endsWith('Db')) return 'dB';
  return name === 'longestDetour' ? '×' : '';
}
