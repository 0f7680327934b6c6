/**
 * True for an object with fields, such as JSON has between braces: no array, and not null.
 *
 * @example
 * isRecord(JSON.parse('{"id": 7}')); // true
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
