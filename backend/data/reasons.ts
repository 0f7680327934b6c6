import { DataError } from './DataError.ts';
import type { DataReason } from './dataTypes.ts';

export function reason(code: string, text: string, values: Record<string, string | number> = {}): DataReason {
  return { code, values, text };
}

/** A refusal of a file or layer as a whole. `path` is the way to it through archives. */
export function refusal(
  path: readonly string[],
  code: string,
  text: string,
  values: Record<string, string | number> = {},
  options?: ErrorOptions,
): DataError {
  return new DataError({ file: path.join('/'), code, values, text }, options);
}

/** A value from a file, short enough for a message. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const printable = text.replace(/[\p{Cc}\p{Surrogate}]/gu, '?');
  return printable.length > 60 ? `${printable.slice(0, 60)}...` : printable;
}
