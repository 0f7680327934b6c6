import type { ParameterProblem } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import type { StandardSchemaIssue } from './standardSchema.ts';

const MAX_KEYS = 20;

/**
 * A schema's issue as the parameters it refuses. The Standard Schema gives message and path only; zod's issues carry
 * more (code, expected, minimum, keys ...), which is used where it is there and looks as it should.
 */
export function parameterProblems(issue: StandardSchemaIssue, params: unknown): ParameterProblem[] {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  const extra = new Map<string, unknown>(Object.entries(issue));
  const keys = extra.get('keys');
  if (extra.get('code') === 'unrecognized_keys' && Array.isArray(keys)) {
    return keys.slice(0, MAX_KEYS).map((key) => {
      const parameter = nameOf([...path, String(key)]);
      return {
        parameter,
        code: 'unknown',
        message: unknownMessage(parameter),
      };
    });
  }
  const parameter = nameOf(path);
  const value = valueAt(params, path);
  const { code, expected } = classify(extra, value);
  const message = expected
    ? value === undefined
      ? `"${parameter}" is missing; it must be ${expected}`
      : `"${parameter}" must be ${expected}, not ${shown(value)}`
    : `"${parameter}": ${boundText(issue.message, 300)}`;
  return [{ parameter, code, message, ...(expected && { expected }) }];
}

function classify(extra: Map<string, unknown>, value: unknown): { code: string; expected?: string } {
  const kind = extra.get('code');
  const expected = expectation(extra);
  if (value === undefined) return { code: 'missing', ...(expected && { expected }) };
  const codes: Record<string, string> = {
    invalid_type: 'wrong-type',
    invalid_union: 'wrong-type',
    too_small: 'out-of-range',
    too_big: 'out-of-range',
    invalid_value: 'not-allowed',
    not_multiple_of: 'not-allowed',
    invalid_format: 'wrong-format',
  };
  return { code: (typeof kind === 'string' && codes[kind]) || 'invalid', ...(expected && { expected }) };
}

function expectation(extra: Map<string, unknown>): string | undefined {
  const bound = (limit: unknown, words: string): string | undefined => {
    if (typeof limit !== 'number' && typeof limit !== 'bigint') return undefined;
    const units: Record<string, string> = { string: ' characters long', array: ' items long' };
    return `${words} ${limit}${units[String(extra.get('origin'))] ?? ''}`;
  };
  const inclusive = extra.get('inclusive') !== false;
  switch (extra.get('code')) {
    case 'invalid_type': {
      const type = extra.get('expected');
      return typeof type === 'string' ? withArticle(type) : undefined;
    }
    case 'too_small':
      return bound(extra.get('minimum'), inclusive ? 'at least' : 'more than');
    case 'too_big':
      return bound(extra.get('maximum'), inclusive ? 'at most' : 'less than');
    case 'not_multiple_of':
      return bound(extra.get('divisor'), 'a multiple of');
    case 'invalid_value': {
      const values = extra.get('values');
      if (!Array.isArray(values)) return undefined;
      return boundText(values.map((value) => JSON.stringify(value)).join(' or '), 300);
    }
    case 'invalid_format': {
      // Most people understand the schema's own description better than a regular expression.
      const format = extra.get('format');
      return typeof format === 'string' && format !== 'regex'
        ? `a valid ${boundText(format, 50)}`
        : undefined;
    }
    default:
      return undefined;
  }
}

function withArticle(type: string): string {
  const word = { int: 'integer' }[type] ?? type;
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'params' : boundText(path.map(String).join('.'), 200);
}

function valueAt(params: unknown, path: readonly PropertyKey[]): unknown {
  let value = params;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return boundText(JSON.stringify(value) ?? String(value), 60);
}

/** The message about a parameter that the task does not know. */
export function unknownMessage(parameter: string): string {
  return `"${parameter}" is not a parameter of this task; leave it out`;
}
