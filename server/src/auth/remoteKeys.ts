import { createLocalJWKSet, createRemoteJWKSet, errors } from 'jose';
import type { GetKey } from './readKeyFile.ts';

const TIMEOUT_MS = 5_000;
/** After a failure the server judges by the keys that it has, and asks for newer ones only so often. */
const RETRY_MS = 30_000;
/** A key that the identity provider has withdrawn meanwhile must not be good for ever. */
const STALE_MS = 24 * 3_600_000;

export interface RemoteKeysOptions {
  /** A token with an unknown key makes the server ask for keys again, at most so often. */
  cooldownSeconds: number;
  /** Receives each failure of the identity provider, for the log. The callers' answers do not name it. */
  onProblem?: ((message: string, error: unknown) => void) | undefined;
}

/**
 * Looks up the keys of an identity provider for `byWebToken`, and asks for them again when they are old or a token names
 * another one. While the address does not answer with keys, the last ones count for a day, so that an outage of the
 * identity provider is none of this server. Rejects with the error of that address where no key fits; see `areKeysAway`.
 *
 * @example
 * const getKey = remoteKeys(new URL('https://login.example/jwks.json'), { cooldownSeconds: 30 });
 */
export function remoteKeys(url: URL, { cooldownSeconds, onProblem }: RemoteKeysOptions): GetKey {
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: cooldownSeconds * 1_000,
  });
  let knownAtMs = Number.NEGATIVE_INFINITY;
  let failure: { error: unknown; atMs: number; keys: GetKey } | undefined;
  return async (header, token) => {
    if (!failure || Date.now() - failure.atMs >= RETRY_MS) {
      failure = undefined;
      try {
        return await remote(header, token);
      } catch (error) {
        const known = remote.jwks();
        if (!areKeysAway(error)) throw error;
        const isKnown = known && Date.now() - knownAtMs < STALE_MS;
        const outcome = isKnown
          ? 'the server judges tokens by the keys that it has'
          : 'the server answers 503 to every token';
        onProblem?.(`No keys could be had from ${url.origin}${url.pathname}; ${outcome}`, error);
        if (!isKnown) throw error;
        failure = { error, atMs: Date.now(), keys: createLocalJWKSet(known) };
      } finally {
        if (remote.fresh) knownAtMs = Date.now();
      }
    }
    const { error, keys } = failure;
    try {
      return await keys(header, token);
    } catch (unfit) {
      // The key may be a new one, which cannot be had now.
      throw unfit instanceof errors.JWKSNoMatchingKey ? error : unfit;
    }
  };
}

/** True where the error says that keys cannot be had, and nothing of the token. */
export function areKeysAway(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  // ERR_JOSE_GENERIC means that the address of the keys answered, but not with keys.
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}
