import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { ConfigError } from '../config/ConfigError.ts';

export type GetKey = JWTVerifyGetKey;

const EXPECTED = 'a public key as PEM (-----BEGIN PUBLIC KEY-----), a JWK or a JWKS';
const jwkSchema = z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), d: z.undefined().optional() });
const jwksSchema = z.looseObject({ keys: z.array(jwkSchema).min(1) });

/** Reads the public keys in a file: PEM, JWK or JWKS. Rejects with a ConfigError that names the file. */
export async function readKeyFile(file: string): Promise<GetKey> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ConfigError(`--jwt-key ${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (text.includes('PRIVATE KEY')) {
    throw new ConfigError(`--jwt-key ${file}: it holds a private key; give this server the public one only`);
  }
  try {
    if (!text.trimStart().startsWith('{')) return constant(createPublicKey(text));
    const json: unknown = JSON.parse(text);
    const jwks = jwksSchema.safeParse(json);
    if (jwks.success) return createLocalJWKSet(jwks.data);
    const key: JsonWebKey = jwkSchema.parse(json);
    return constant(createPublicKey({ key, format: 'jwk' }));
  } catch (error) {
    throw new ConfigError(
      `--jwt-key ${file}: it must hold ${EXPECTED}, without private parts and no shared secret`,
      { cause: error },
    );
  }
}

function constant(key: KeyObject): GetKey {
  return async () => key;
}
