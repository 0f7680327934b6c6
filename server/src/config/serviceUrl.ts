import * as z from 'zod';

/**
 * A URL of a service, written so that each driver reads the same user and password in it, and that no log shows them:
 * with spaces and apostrophes percent-encoded. Refused with `expected` is anything else, and a password that stands in the
 * URL as it is and breaks it.
 *
 * @example
 * const redisUrl = serviceUrl(['redis:', 'rediss:'], 'a URL such as redis://127.0.0.1:6379');
 * redisUrl.parse("redis://:it's@db"); // "redis://:it%27s@db"
 */
export function serviceUrl(protocols: string[], expected: string) {
  const encoded = 'in a user or a password write @ : / ? # % and spaces percent-encoded (@ is %40, # is %23)';
  return z
    .string()
    .refine(
      (text) => {
        const url = URL.parse(text);
        if (!url || !protocols.includes(url.protocol) || !text.startsWith(`${url.protocol}//`)) return false;
        // The rest of a password that begins with digits, as in postgres://lrt:12#3@host/lrt, which names another host.
        if (url.hash !== '' || url.pathname.includes('@') || url.search.includes('@')) return false;
        return isDecodable(url.username) && isDecodable(url.password);
      },
      { error: ({ input }) => (String(input).includes('@') ? `${expected}; ${encoded}` : expected) },
    )
    .transform((text) => new URL(text).href.replaceAll("'", '%27'));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
