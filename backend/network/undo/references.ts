import { parseUrn } from '../urn.ts';

/** No property of a record is nested deeper, as far as references in it are looked for. */
const MAX_DEPTH = 8;

/**
 * Gives the URNs in the properties of a record: texts such as 'pole/12', also within lists and objects.
 *
 * @example
 * referencesIn({ housing: 'pole/12', name: 'A' }); // ['pole/12']
 */
export function referencesIn(properties: Readonly<Record<string, unknown>>): string[] {
  const found: string[] = [];
  collect(properties, found, 0);
  return found;
}

function collect(value: unknown, found: string[], depth: number): void {
  if (typeof value === 'string') {
    if (parseUrn(value)) found.push(value);
  } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    for (const item of Object.values(value)) collect(item, found, depth + 1);
  }
}
