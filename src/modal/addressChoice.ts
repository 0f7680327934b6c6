import { parseNumber } from '../parts/parseNumber.ts';
import type { CustomerConnectionParams } from './customerConnection.ts';

/** The ways in which the task can choose addresses. */
export const SELECTIONS = ['random', 'nearest', 'within'] as const;

/** The user's choice of addresses, as it was made. */
export interface AddressChoice {
  selection: (typeof SELECTIONS)[number];
  /** As the user typed it; undefined: untouched. */
  radiusText?: string | undefined;
}

export const MIN_RADIUS = 1;
export const MAX_RADIUS = 100_000;
export const DEFAULT_RADIUS = 300;

/** Reads the radius in metres as people of that language write it. Undefined where it is none, or out of range. */
export function parseRadius(text: string, language: string): number | undefined {
  const metres = parseNumber(text, language);
  return metres !== undefined && metres >= MIN_RADIUS && metres <= MAX_RADIUS ? metres : undefined;
}

type ChoiceParams = Pick<CustomerConnectionParams, 'selection' | 'radius_metres'>;

/** The params of a choice; none for the task's own default. Undefined where a radius is needed and there is none. */
export function choiceParams(
  { selection }: AddressChoice,
  radiusMetres: number | undefined,
): ChoiceParams | undefined {
  if (selection === 'random') return {};
  if (selection === 'nearest') return { selection };
  return radiusMetres === undefined ? undefined : { selection, radius_metres: radiusMetres };
}
