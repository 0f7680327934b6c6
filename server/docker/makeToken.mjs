// For compose.yaml: makes a key once, and prints a token that is signed with it. In a container:
//   node /opt/lrt/makeToken.mjs [NAME] [SCOPE]
// Plain Node, no dependencies. Whoever has an identity provider needs none of it: --jwks.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** compose.yaml gives these to --jwt-issuer and --jwt-audience. */
const ISSUER = 'lrt-compose';
const AUDIENCE = 'lrt';
const DAYS = 90;

const [name = 'admin', scope = name === 'admin' ? 'lrt:admin' : ''] = process.argv.slice(2);
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

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
const issuedAt = Math.floor(Date.now() / 1000);
const claims = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: name,
  scope,
  iat: issuedAt,
  exp: issuedAt + DAYS * 24 * 60 * 60,
};
const signed = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode(claims)}`;
console.log(
  `Authorization: Bearer ${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`,
);
