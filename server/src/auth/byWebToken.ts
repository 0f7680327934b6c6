import { errors, type JWTPayload, jwtVerify } from 'jose';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import type { AuthConfig } from '../config/Config.ts';
import type { Authenticate } from './Authenticate.ts';
import { bearerToken, isOwner, unauthorized } from './credentials.ts';
import { type GetKey, readKeyFile } from './readKeyFile.ts';
import { areKeysAway, type RemoteKeysOptions, remoteKeys } from './remoteKeys.ts';

/**
 * Only signatures by a private key are accepted. With a shared secret an attacker could sign with the public key;
 * `none` is no signature.
 */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** The clocks of two machines differ by a little. */
const CLOCK_TOLERANCE_SECONDS = 30;
const KEYS_COOLDOWN_SECONDS = 30;
const MAX_PERMISSIONS = 500;

/**
 * Authenticates by `Authorization: Bearer <JWT>`: `sub` is the owner; `scope` (a text), `scp` and `permissions`
 * (lists) say what the owner may do. A token needs an issuer, an audience and an expiry (`exp`).
 */
export async function byWebToken(
  { keys, issuer, audience, adminScope }: Extract<AuthConfig, { kind: 'jwt' }>,
  { cooldownSeconds = KEYS_COOLDOWN_SECONDS, onProblem }: Partial<RemoteKeysOptions> = {},
): Promise<Authenticate> {
  const getKey: GetKey =
    'jwksUrl' in keys
      ? remoteKeys(new URL(keys.jwksUrl), { cooldownSeconds, onProblem })
      : await readKeyFile(keys.keyFile);
  const options = {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', 'sub'],
  };
  return async (request) => {
    const token = bearerToken(request);
    if (token === undefined) return undefined;
    const { sub: owner, ...claims } = await verify(token, getKey, options).catch((error: unknown) => {
      throw refusalOf(error);
    });
    if (!isOwner(owner)) throw unauthorized('The token names nobody ("sub")');
    const permissions = permissionsOf(claims);
    return { owner, permissions, ...(permissions.includes(adminScope) && { admin: true }) } satisfies Caller;
  };
}

async function verify(
  token: string,
  getKey: GetKey,
  options: Parameters<typeof jwtVerify>[2],
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, getKey, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    // The token names no key, and several keys fit.
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** The message names only what the owner of a token can correct. */
function refusalOf(error: unknown): TaskRefusal {
  if (error instanceof errors.JWTExpired) return unauthorized('The token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return unauthorized(
      error.claim === 'nbf'
        ? 'The token is not valid yet'
        : `The token's "${error.claim}" is not accepted here`,
    );
  }
  if (areKeysAway(error)) {
    return new TaskRefusal(
      {
        code: 'unavailable',
        message: 'The keys that tokens are checked with cannot be had now; try again later',
        details: { retryAfterSeconds: 5 },
      },
      { cause: error },
    );
  }
  return unauthorized('The token is not valid');
}

function permissionsOf({ scope, scp, permissions }: JWTPayload): string[] {
  return [scope, scp, permissions]
    .flatMap((list): unknown[] =>
      Array.isArray(list) ? list : typeof list === 'string' ? list.split(' ') : [],
    )
    .filter((name): name is string => typeof name === 'string' && name !== '')
    .slice(0, MAX_PERMISSIONS);
}
