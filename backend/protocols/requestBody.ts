import { boundText } from '../tasks/boundText.ts';
import { TaskRefusal } from '../tasks/TaskRefusal.ts';
import { fieldProblem, invalidRequest } from './problem.ts';

export const MAX_BODY_BYTES = 1_048_576;

/** The JSON object of a request's body. Refuses another type, more than 1 MB, and fields that are not in `known`. */
export async function readJsonObject(request: Request, known: string[]): Promise<Map<string, unknown>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new TaskRefusal({
      code: 'unsupported-media-type',
      message: `The body must be application/json, not ${type ? `"${boundText(type, 100)}"` : 'without a Content-Type'}`,
    });
  }
  const text = decode(await readBytes(request));
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
  const fields = new Map<string, unknown>(Object.entries(body));
  refuseUnknown([...fields.keys()], known, 'field');
  return fields;
}

/** Refuses names that are not among those known, in one message. */
export function refuseUnknown(names: string[], known: string[], what: 'field' | 'query parameter'): void {
  const problems = names
    .filter((name) => !known.includes(name))
    .slice(0, 20)
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
  // Counted while reading: a chunked body does not say how long it is.
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > MAX_BODY_BYTES) {
      await reader.cancel();
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
