import type { ParameterProblem } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { fieldProblem, invalidRequest } from './problem.ts';

export const MAX_BODY_BYTES = 1_048_576;
const MAX_PROBLEMS = 20;
/** Deeper than any body that is taken; what is nested deeper is refused elsewhere. */
const MAX_DEPTH = 40;

/**
 * The JSON object of a request's body. Refuses another type, more than 1 MB, and fields that are not in `known`, where
 * that is given.
 * `mayBeEmpty`: a request without a body is taken as one without fields, whatever its type.
 */
export async function readJsonObject(
  request: Request,
  known?: string[],
  { mayBeEmpty = false }: { mayBeEmpty?: boolean } = {},
): Promise<Map<string, unknown>> {
  const early = mayBeEmpty ? await readBytes(request) : undefined;
  if (early?.byteLength === 0) return new Map();
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new TaskRefusal({
      code: 'unsupported-media-type',
      message: `The body must be application/json, not ${type ? `"${boundText(type, 100)}"` : 'without a Content-Type'}`,
    });
  }
  const text = decode(early ?? (await readBytes(request)));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalidRequest({
      parameter: 'body',
      code: 'not-json',
      message: `The body is not JSON: ${boundText(error instanceof Error ? error.message : error, 200)}`,
      expected: 'a JSON object',
    });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidRequest(fieldProblem('body', 'wrong-type', 'a JSON object'));
  }
  // JSON knows no infinity, but 1e400 is read as one. Looked for only where there can be such a number.
  const [infinite, ...others] = /e\+?\d{3}|\d{309}/i.test(text) ? infinities(body, '') : [];
  if (infinite) throw invalidRequest(infinite, ...others);
  const fields = new Map<string, unknown>(Object.entries(body));
  if (known) refuseUnknown([...fields.keys()], known, 'field');
  return fields;
}

/** Refuses names that are not among those known, in one message. */
export function refuseUnknown(
  names: readonly string[],
  known: readonly string[],
  what: 'field' | 'query parameter',
): void {
  const problems = names
    .filter((name) => !known.includes(name))
    .slice(0, MAX_PROBLEMS)
    .map((name) => ({
      parameter: boundText(name, 100),
      code: 'unknown',
      message: `"${boundText(name, 100)}" is not a ${what} here; known: ${known.join(', ') || 'none'}`,
    }));
  const [first, ...rest] = problems;
  if (first) throw invalidRequest(first, ...rest);
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new TaskRefusal({
      code: 'body-too-large',
      message: `The body may have at most ${MAX_BODY_BYTES} bytes`,
      details: { maxBytes: MAX_BODY_BYTES },
    });
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  const next = () =>
    reader.read().catch((error: unknown) => {
      const message = 'The body could not be read to its end';
      throw new TaskRefusal({ code: 'invalid-request', message }, { cause: error });
    });
  // Counted while reading: a chunked body does not say how long it is.
  for (let part = await next(); !part.done; part = await next()) {
    length += part.value.byteLength;
    if (length > MAX_BODY_BYTES) {
      // Not awaited: a host may take its time to stop a sender that goes on.
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function decode(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest({ parameter: 'body', code: 'not-json', message: 'The body is not valid UTF-8' });
  }
}

function infinities(value: unknown, path: string, depth = 0): ParameterProblem[] {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
    return [fieldProblem(boundText(path, 100), 'out-of-range', 'a number of at most 1.7e308')];
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  const problems: ParameterProblem[] = [];
  for (const [name, item] of Object.entries(value)) {
    problems.push(...infinities(item, path ? `${path}.${name}` : name, depth + 1));
    if (problems.length >= MAX_PROBLEMS) break;
  }
  return problems;
}
