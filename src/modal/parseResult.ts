import type { BoundingBox } from '../contract/index.ts';
import type { CustomerConnectionResult } from './customerConnection.ts';

/** The parts of a result that the dialog can show. Another server's task may answer with less. */
export type ShownResult = Partial<
  Pick<CustomerConnectionResult, 'connections' | 'poles' | 'cables' | 'cableLengthMetres' | 'bbox'>
>;

const NUMBERS = ['connections', 'poles', 'cables', 'cableLengthMetres'] as const;

export function parseResult(result: unknown): ShownResult {
  if (typeof result !== 'object' || result === null) return {};
  const fields: Record<string, unknown> = { ...result };
  const shown: ShownResult = {};
  for (const name of NUMBERS) {
    const value = fields[name];
    if (typeof value === 'number' && Number.isFinite(value)) shown[name] = value;
  }
  if (isBoundingBox(fields.bbox)) shown.bbox = fields.bbox;
  return shown;
}

function isBoundingBox(value: unknown): value is BoundingBox {
  return Array.isArray(value) && value.length === 4 && value.every((side) => Number.isFinite(side));
}
