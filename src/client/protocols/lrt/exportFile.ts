import { authorizedFetch, type Connection, discard, errorOfResponse } from '../../http.ts';
import type { CallOptions, ExportedFile } from '../../SystemClient.ts';
import { isTaskClientError, TaskClientError } from '../../TaskClientError.ts';

/** A server may write a large file before it sends the first byte. */
const BEGIN_SECONDS = 300;

/** Fetches a file that the server makes. Rejects as `callJson` does. */
export async function exportFile(
  connection: Connection,
  url: string,
  { signal }: CallOptions = {},
): Promise<ExportedFile> {
  signal?.throwIfAborted();
  const lifetime = new AbortController();
  const abort = () => lifetime.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  const late = setTimeout(
    () => lifetime.abort(new Error(`no answer for ${BEGIN_SECONDS} s`)),
    BEGIN_SECONDS * 1000,
  );
  try {
    const response = await authorizedFetch(connection, url, {}, { signal: lifetime.signal });
    clearTimeout(late);
    if (!response.ok) throw await errorOfResponse(response, url);
    const name = nameIn(response.headers.get('content-disposition') ?? '');
    // A sign-in page of a proxy is no file of ours.
    if (name === undefined) {
      discard(response);
      const message = `${url} answered ${response.status} without a file: a sign-in page, or a server that is older than exports?`;
      throw new TaskClientError({ code: 'invalid-response', message });
    }
    return { name, blob: await response.blob() };
  } catch (cause) {
    signal?.throwIfAborted();
    if (isTaskClientError(cause)) throw cause;
    throw new TaskClientError({ code: 'network', message: `${url}: ${cause}`, cause });
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', abort);
  }
}

/** The name in Content-Disposition (RFC 6266). The server has made it safe. */
function nameIn(header: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  const plain = /filename="([^"]+)"/i.exec(header)?.[1];
  try {
    return encoded === undefined ? plain : decodeURIComponent(encoded);
  } catch {
    return plain;
  }
}
