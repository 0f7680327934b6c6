// For compose.yaml: makes a key once, and prints a token that is signed with it for whoever is named. In a container:
//   node /opt/lrt/makeToken.mjs [NAME] [SCOPE]
// Without a name it makes the key only: Docker keeps what a service prints, and a log is no place for a token.
// Plain Node, no dependencies. Whoever has an identity provider needs none of it: --jwks.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** compose.yaml gives these to --jwt-issuer and --jwt-audience. */
const ISSUER = 'lrt-compose';
const AUDIENCE = 'lrt';
const DAYS = 90;

const [name, scope = name === 'admin' ? 'lrt:admin' : ''] = process.argv.slice(2);
/** Only this script sees the one, servers see the other. */
const { SIGNING_FOLDER = '/signing', KEYS_FOLDER = '/keys' } = process.env;
const privateFile = join(SIGNING_FOLDER, 'private.pem');
const publicFile = join(KEYS_FOLDER, 'public.pem');

if (!existsSync(privateFile)) {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}
const privateKey = createPrivateKey(readFileSync(privateFile));
writeFileSync(publicFile, createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));

if (name === undefined) {
  console.log('The key is there. "docker compose run --rm token admin" prints a token for an admin.');
} else {
  console.log(`Authorization: Bearer ${tokenFor(name, scope)}`);
}

function tokenFor(sub, scope) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, aud: AUDIENCE, sub, scope, iat, exp: iat + DAYS * 24 * 60 * 60 };
  const signed = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}
