import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Authenticate } from '../../../../server/src/auth/Authenticate.ts';
import { byWebToken } from '../../../../server/src/auth/byWebToken.ts';
import { createAuthenticator } from '../../../../server/src/auth/createAuthenticator.ts';
import type { AuthConfig } from '../../../../server/src/config/Config.ts';
import {
  AUDIENCE,
  createSigner,
  ISSUER,
  type JwksServer,
  type Signer,
  startJwksServer,
} from '../../../support/server/tokens.ts';

const LOOPBACK = '127.0.0.1';

function ask(
  authenticate: Authenticate,
  headers: Record<string, string> = {},
  { peer = LOOPBACK, url = 'http://127.0.0.1/tasks' } = {},
) {
  return Promise.resolve().then(() => authenticate(new Request(url, { headers }), peer));
}
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const refused = (code: string, message?: RegExp | string) =>
  expect.objectContaining({
    error: expect.objectContaining({
      code,
      ...(message !== undefined && { message: expect.stringMatching(message) }),
    }),
  });

describe('JSON web tokens', () => {
  let signer: Signer;
  let stranger: Signer;
  let jwks: JwksServer;
  let authenticate: Authenticate;
  const config = (keys: Extract<AuthConfig, { kind: 'jwt' }>['keys']) => ({
    kind: 'jwt' as const,
    keys,
    issuer: ISSUER,
    audience: AUDIENCE,
    adminScope: 'lrt:admin',
  });

  beforeAll(async () => {
    signer = await createSigner('one');
    stranger = await createSigner('one');
    jwks = await startJwksServer([signer.publicJwk]);
    authenticate = await createAuthenticator(config({ jwksUrl: jwks.url }));
  });
  afterAll(() => jwks.close());

  test('of the right key, issuer and audience say who asks and what they may do', async () => {
    expect(await ask(authenticate, bearer(await signer.sign()))).toEqual({ owner: 'ann', permissions: [] });
    const token = await signer.sign({ scope: 'plan build', permissions: ['draw'], aud: ['other', AUDIENCE] });
    expect(await ask(authenticate, bearer(token))).toEqual({
      owner: 'ann',
      permissions: ['plan', 'build', 'draw'],
    });
    const listed = await signer.sign({ scope: ['plan', 'build'] });
    expect(await ask(authenticate, bearer(listed))).toMatchObject({ permissions: ['plan', 'build'] });
    const admin = await signer.sign({ sub: 'eve', scope: 'lrt:admin' });
    expect(await ask(authenticate, bearer(admin))).toMatchObject({ owner: 'eve', admin: true });
    expect(await ask(authenticate)).toBeUndefined();
  });

  const now = () => Math.floor(Date.now() / 1_000);
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = () => ({ sub: 'ann', iss: ISSUER, aud: AUDIENCE, exp: now() + 300 });

  test.each<[string, () => Promise<string> | string, RegExp]>([
    ['expired', () => signer.sign({ exp: now() - 60 }), /has expired/],
    ['without an end', () => signer.sign({ exp: undefined }), /"exp"/],
    ['not valid yet', () => signer.sign({ nbf: now() + 3_600 }), /not valid yet/],
    ['of another issuer', () => signer.sign({ iss: 'https://evil.example' }), /"iss"/],
    ['for another audience', () => signer.sign({ aud: 'shop' }), /"aud"/],
    ['of nobody', () => signer.sign({ sub: '' }), /"sub"/],
    ['of a name with a line break', () => signer.sign({ sub: 'ann\nadmin' }), /"sub"/],
    ['forged: another key of the same name', () => stranger.sign(), /^The token is not valid$/],
    ['without a signature (alg none)', () => `${encode({ alg: 'none' })}.${encode(claims())}.`, /not valid$/],
    [
      'signed with the public key as a shared secret',
      () =>
        new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(
          new TextEncoder().encode(
            createPublicKey({ key: signer.publicJwk as JsonWebKey, format: 'jwk' })
              .export({ type: 'spki', format: 'pem' })
              .toString(),
          ),
        ),
      /not valid$/,
    ],
    [
      'changed after it was signed',
      async () => {
        const [head, , signature] = (await signer.sign()).split('.');
        return `${head}.${encode({ ...claims(), sub: 'bob' })}.${signature}`;
      },
      /not valid$/,
    ],
    ['garbage', () => 'a.b.c', /not valid$/],
    ['no JSON web token at all', () => 'abc', /not valid$/],
    ['over-long', () => 'x'.repeat(10_000), /too long/],
    ['with a space in it', () => 'a b', /must be: Bearer/],
  ])('that are %s are refused', async (_, make, message) => {
    await expect(ask(authenticate, bearer(await make()))).rejects.toEqual(refused('unauthorized', message));
  });

  test('of another scheme are refused', async () => {
    await expect(ask(authenticate, { Authorization: 'Basic YTpi' })).rejects.toEqual(refused('unauthorized'));
  });

  test('of a new key are good as soon as the keys are fetched again; unknown keys do not make us ask on and on', async () => {
    const server = await startJwksServer([signer.publicJwk]);
    const rotating = await byWebToken(config({ jwksUrl: server.url }), { cooldownSeconds: 0 });
    await ask(rotating, bearer(await signer.sign()));
    await ask(rotating, bearer(await signer.sign()));
    expect(server.asked).toBe(1);
    const next = await createSigner('two');
    server.keys = [next.publicJwk];
    expect(await ask(rotating, bearer(await next.sign()))).toMatchObject({ owner: 'ann' });
    await expect(ask(rotating, bearer(await signer.sign()))).rejects.toEqual(refused('unauthorized'));
    await server.close();

    const before = jwks.asked;
    const unknown = await createSigner('unknown');
    for (let i = 0; i < 5; i++) {
      await expect(ask(authenticate, bearer(await unknown.sign()))).rejects.toEqual(refused('unauthorized'));
    }
    expect(jwks.asked - before).toBeLessThanOrEqual(1);
  });

  test('cannot be judged while the keys cannot be had: that is not the caller’s fault', async () => {
    const server = await startJwksServer([]);
    for (const broken of [
      { status: 500, body: 'oops' },
      { status: 200, body: '<html>' },
      { status: 200, body: '{}' },
    ]) {
      server.broken = broken;
      const judge = await createAuthenticator(config({ jwksUrl: server.url }));
      await expect(ask(judge, bearer(await signer.sign()))).rejects.toEqual(refused('unavailable'));
    }
    await server.close();
    const judge = await createAuthenticator(config({ jwksUrl: server.url }));
    await expect(ask(judge, bearer(await signer.sign()))).rejects.toEqual(refused('unavailable'));
  });

  test('that name no key are tried with each that fits', async () => {
    const [first, second, third] = [await createSigner(), await createSigner(), await createSigner()];
    const server = await startJwksServer([first.publicJwk, second.publicJwk]);
    const judge = await createAuthenticator(config({ jwksUrl: server.url }));
    expect(await ask(judge, bearer(await second.sign()))).toMatchObject({ owner: 'ann' });
    await expect(ask(judge, bearer(await third.sign()))).rejects.toEqual(
      refused('unauthorized', /not valid/),
    );
    await expect(ask(judge, bearer(await second.sign({ exp: now() - 60 })))).rejects.toEqual(
      refused('unauthorized', /expired/),
    );
    await server.close();
  });

  describe('by a key in a file', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'keys-'));
    });
    afterAll(() => rm(folder, { recursive: true }));
    const open = async (text: string) => {
      const keyFile = join(folder, 'key');
      await writeFile(keyFile, text);
      return createAuthenticator(config({ keyFile }));
    };

    test('PEM, JWK or JWKS', async () => {
      const { kid: _, ...anonymous } = signer.publicJwk;
      const key = createPublicKey({ key: anonymous as JsonWebKey, format: 'jwk' });
      for (const text of [
        String(key.export({ type: 'spki', format: 'pem' })),
        JSON.stringify(signer.publicJwk),
        JSON.stringify(anonymous),
        JSON.stringify({ keys: [signer.publicJwk] }),
      ]) {
        const judge = await open(text);
        expect(await ask(judge, bearer(await signer.sign()))).toMatchObject({ owner: 'ann' });
        await expect(ask(judge, bearer(await stranger.sign()))).rejects.toEqual(refused('unauthorized'));
      }
    });

    test('RSA: the public key is no shared secret', async () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
      const judge = await open(pem);
      const forged = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(pem));
      await expect(ask(judge, bearer(forged))).rejects.toEqual(refused('unauthorized', /not valid/));
    });

    test('which must be a public one', async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      for (const [text, message] of [
        [String(privateKey.export({ type: 'pkcs8', format: 'pem' })), /private key/],
        [JSON.stringify(privateKey.export({ format: 'jwk' })), /without private parts/],
        [JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }), /no shared secret/],
        [JSON.stringify({ keys: [] }), /must hold/],
        ['garbage', /must hold/],
        ['', /must hold/],
      ] as const) {
        await expect(open(text)).rejects.toThrow(message);
      }
      const missing = createAuthenticator(config({ keyFile: join(folder, 'nothing') }));
      await expect(missing).rejects.toThrow(/--jwt-key .*nothing/);
    });
  });
});

describe('a header that a trusted proxy sets', () => {
  const create = (trustedProxies: string[]) =>
    createAuthenticator({
      kind: 'proxy-header',
      header: 'x-forwarded-user',
      trustedProxies,
      admins: ['root'],
    });
  const user = (name: string) => ({ 'X-Forwarded-User': name });

  test.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['::1/128', '127.0.0.1', false],
  ])('from %s: %s is trusted: %s', async (network, peer, trusted) => {
    const answer = ask(await create([network]), user('ann'), { peer });
    if (trusted) expect(await answer).toEqual({ owner: 'ann' });
    else await expect(answer).rejects.toEqual(refused('unauthorized'));
  });

  test('from nowhere known is never trusted', async () => {
    const authenticate = await create(['10.0.0.0/8']);
    await expect(
      Promise.resolve().then(() =>
        authenticate(new Request('http://x.test', { headers: user('ann') }), undefined),
      ),
    ).rejects.toEqual(refused('unauthorized'));
  });

  test('names one owner, who may be an admin', async () => {
    const authenticate = await create(['10.0.0.0/8']);
    const peer = '10.0.0.1';
    expect(await ask(authenticate, {}, { peer })).toBeUndefined();
    expect(await ask(authenticate, user('root'), { peer })).toEqual({ owner: 'root', admin: true });
    for (const name of ['', 'ann, root', 'x'.repeat(201)]) {
      await expect(ask(authenticate, user(name), { peer })).rejects.toEqual(refused('unauthorized'));
    }
  });

  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'proxy.example', '', '10.0.0/8', '::1/129'])(
    'and %j is no network',
    async (network) => {
      await expect(create([network])).rejects.toThrow(/--trusted-proxies/);
    },
  );
});

describe('one shared token', () => {
  test('lets in who knows it', async () => {
    const authenticate = await createAuthenticator({ kind: 'token', token: 's3cret' });
    expect(await ask(authenticate, bearer('s3cret'))).toEqual({ owner: 'local', admin: true });
    expect(await ask(authenticate)).toBeUndefined();
    for (const token of ['s3cre', 's3cret2', 'S3CRET', 'x'.repeat(9_000)]) {
      await expect(ask(authenticate, bearer(token))).rejects.toEqual(refused('unauthorized'));
    }
  });
});

describe('insecure', () => {
  test.each([
    ['http://localhost:8080/tasks', '127.0.0.1', true],
    ['http://127.0.0.1/tasks', '::ffff:127.0.0.1', true],
    ['http://[::1]:1/tasks', '::1', true],
    ['http://localhost/tasks', '192.0.2.1', false],
    // A page of evil.example that had its name point to this machine.
    ['http://evil.example/tasks', '127.0.0.1', false],
  ])('%s from %s: %s', async (url, peer, allowed) => {
    const authenticate = await createAuthenticator({ kind: 'insecure' });
    const answer = ask(authenticate, {}, { url, peer });
    if (allowed) expect(await answer).toEqual({ owner: 'local', admin: true });
    else await expect(answer).rejects.toEqual(refused('unauthorized'));
  });
});
