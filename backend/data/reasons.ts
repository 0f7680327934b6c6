import { DataError } from './DataError.ts';
import type { DataReason } from './dataTypes.ts';
import { REASON_TEXTS } from './reasonTexts.ts';

export type ReasonCode = keyof typeof REASON_TEXTS;

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

/** The values of a reason, which are none for most: `[]`. */
export type ReasonValues<Code extends ReasonCode> = [Holes<(typeof REASON_TEXTS)[Code]>] extends [never]
  ? []
  : [values: Record<Holes<(typeof REASON_TEXTS)[Code]>, string | number>];

/** A reason of this code. The compiler wants the values that its text has holes for. */
export function reason<Code extends ReasonCode>(code: Code, ...given: ReasonValues<Code>): DataReason {
  const values: DataReason['values'] = given[0] ?? {};
  const text = REASON_TEXTS[code].replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole] ?? ''));
  return { code, values, text };
}

/** A refusal of a file or layer as a whole. `path` is the way to it through archives. */
export function refusal<Code extends ReasonCode>(
  path: readonly string[],
  code: Code,
  ...given: ReasonValues<Code>
): DataError {
  return new DataError({ file: path.join('/'), ...reason(code, ...given) });
}

/** A value from a file, short enough for a message. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const printable = text.replace(/[\p{Cc}\p{Surrogate}]/gu, '?');
  return printable.length > 60 ? `${printable.slice(0, 60)}...` : printable;
}
