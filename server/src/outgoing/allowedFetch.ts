import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import type { HostList } from './HostList.ts';
import { HostRefusal } from './HostRefusal.ts';

/** Nothing may come for so long. */
const SILENT_MS = 60_000;
const MAX_HEADER_BYTES = 16_384;
/** Their bodies are empty, and a Response refuses to have one. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * A fetch that calls allowed hosts only. It connects to the very address that it checked, so a name cannot lead elsewhere
 * between the two. It follows no redirect: the answer is the redirect itself. It rejects with a TypeError, as fetch does; where
 * the host is not allowed that is a HostRefusal, which names it.
 *
 * @example
 * const fetch = allowedFetch(new HostList(['10.1.0.0/16']));
 * const response = await fetch('http://models.internal:8080/health', { signal: AbortSignal.timeout(5_000) });
 */
export function allowedFetch(hosts: HostList): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new TypeError(`${url.href}: only http and https are called`);
    }
    // An address in place of a name is never looked up.
    const refusal = hosts.refusalOfUrl(url.href);
    if (refusal) throw new HostRefusal(refusal);
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
    return new Promise<Response>((resolve, reject) => {
      const open = url.protocol === 'https:' ? requestHttps : requestHttp;
      const call = open(url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        lookup: checkedLookup(hosts),
        signal: request.signal,
        maxHeaderSize: MAX_HEADER_BYTES,
      });
      call.setTimeout(SILENT_MS, () => call.destroy(new Error(`nothing came for ${SILENT_MS / 1_000} s`)));
      call.on('error', (cause) => {
        reject(
          cause instanceof HostRefusal ? cause : new TypeError(`${url.host}: ${cause.message}`, { cause }),
        );
      });
      call.on('response', (message) => resolve(responseOf(message)));
      call.end(body);
    });
  };
}

function responseOf(message: IncomingMessage): Response {
  const { statusCode: status = 502, statusMessage: statusText = '' } = message;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  if (WITHOUT_BODY.includes(status)) {
    message.resume();
    return new Response(null, { status, statusText, headers });
  }
  return new Response(Readable.toWeb(message) as ReadableStream<Uint8Array>, { status, statusText, headers });
}

/** Looks a name up, and gives the first of its addresses that is allowed. */
function checkedLookup(hosts: HostList): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const addresses = Array.isArray(found) ? found : [];
      const allowed = addresses.filter(({ address }) => hosts.refusal(name, address) === undefined);
      const [first] = allowed;
      if (!first) {
        const reason = addresses.map(({ address }) => hosts.refusal(name, address)).find(Boolean);
        return done(reason ? new HostRefusal(reason) : new Error(`${name} has no address`), '', 0);
      }
      if (options.all) return done(null, allowed);
      return done(null, first.address, first.family);
    });
  };
}
