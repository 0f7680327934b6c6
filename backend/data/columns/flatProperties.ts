import { isRecord } from '../../common/json.ts';
import { LIMITS } from '../limits.ts';

const DEPTH = 3;

/** Properties without objects in them: `{ address: { street } }` becomes 'address.street', and a list of values a text. */
export function flatProperties(input: Record<string, unknown>): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  collect(input, '', 0, entries);
  return Object.fromEntries(entries);
}

function collect(
  input: Record<string, unknown>,
  prefix: string,
  depth: number,
  entries: [string, unknown][],
): void {
  for (const [key, value] of Object.entries(input)) {
    // One more than is taken, so that the reader notices.
    if (entries.length > LIMITS.columns) return;
    const name = prefix + key;
    if (Array.isArray(value)) {
      const scalars = value.slice(0, 100).filter((item) => item !== null && typeof item !== 'object');
      if (scalars.length > 0) entries.push([name, scalars.join(', ')]);
    } else if (isRecord(value)) {
      if (depth < DEPTH) collect(value, `${name}.`, depth + 1, entries);
    } else entries.push([name, value]);
  }
}
