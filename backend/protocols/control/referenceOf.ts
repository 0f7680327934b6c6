import { isRecord } from '../../../src/contract/index.ts';

/** Says where the data of an output is. An orchestrator passes it on and does not read it. */
export interface DataReference {
  /** 's3', 'http', 'inline', ... */
  protocol: string;
  /** The address. With 'inline' the data itself, in base64. */
  uri: string;
  /** 'json', 'csv', ... */
  format: string;
}

/**
 * The reference to the result of a task. A result that is a reference already stays as it is. Any other is sent as JSON
 * within the reference.
 */
export function referenceOf(result: unknown): DataReference {
  if (isReference(result)) return result;
  const bytes = new TextEncoder().encode(JSON.stringify(result ?? null));
  return { protocol: 'inline', uri: base64Of(bytes), format: 'json' };
}

function isReference(value: unknown): value is DataReference {
  return (
    isRecord(value) &&
    typeof value.protocol === 'string' &&
    typeof value.uri === 'string' &&
    typeof value.format === 'string'
  );
}

/** In parts, because a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
