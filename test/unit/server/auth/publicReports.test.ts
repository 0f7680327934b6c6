/**
 * Symptoms from the public bug reports of libraries for tokens and of task servers, tried on who may do what. docs/tried.md
 * lists them.
 */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBackend } from '../../../../backend/app.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { Authenticate } from '../../../../server/src/auth/Authenticate.ts';
import { byWebToken } from '../../../../server/src/auth/byWebToken.ts';
import { readServeConfig } from '../../../../server/src/config/serveConfig.ts';
import {
  AUDIENCE,
  createSigner,
  ISSUER,
  type JwksServer,
  type Signer,
  startJwksServer,
} from '../../../support/server/tokens.ts';
import { definitions, smallStore } from '../../../support/tasks/definitions.ts';

const MINUTE_MS = 60_000;

describe('tokens', () => {
  let signer: Signer;
  let provider: JwksServer;
  let authenticate: Authenticate;
  let problems: string[];

  beforeEach(async () => {
    problems = [];
    signer = await createSigner('one');
    provider = await startJwksServer([signer.publicJwk]);
    onTestFinished(() => provider.close());
    const keys = { jwksUrl: provider.url };
    const config = {
      kind: 'jwt' as const,
      keys,
      issuer: ISSUER,
      audience: AUDIENCE,
      adminScope: 'lrt:admin',
    };
    authenticate = await byWebToken(config, { onProblem: (message) => problems.push(message) });
  });

  /** The owner of the token, or the code of the refusal. */
  async function ask(token: string): Promise<unknown> {
    const headers = { Authorization: `Bearer ${token}` };
    return Promise.resolve()
      .then(() => authenticate(new Request('http://x/tasks', { headers }), '127.0.0.1'))
      .then(
        (caller) => caller?.owner,
        (refusal) => refusal.error.code,
      );
  }

  it('auth0/java-jwt#33, googleapis/google-auth-library-php#369: a token without an audience or an issuer', async () => {
    expect(await ask(await signer.sign())).toBe('ann');
    for (const missing of ['aud', 'iss', 'exp', 'sub'])
      expect(await ask(await signer.sign({ [missing]: undefined })), missing).toBe('unauthorized');
  });

  it.each(['none', 'NONE', 'None', 'nOnE'])(
    'jwtk/jjwt#639, olehlong/jwtd#14: the algorithm "%s"',
    async (alg) => {
      const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const claims = { sub: 'ann', iss: ISSUER, aud: AUDIENCE, exp: Math.floor(Date.now() / 1_000) + 300 };
      for (const signature of ['', 'AAAA'])
        expect(await ask(`${encode({ alg, kid: 'one' })}.${encode(claims)}.${signature}`)).toBe(
          'unauthorized',
        );
    },
  );

  describe('over an hour', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
    });
    const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

    it('micronaut-projects/micronaut-security#160, distribution/distribution#4818: the identity provider is away', async () => {
      expect(await ask(await signer.sign())).toBe('ann');
      provider.broken = { status: 503, body: 'away' };
      pass(11 * MINUTE_MS);
      for (let i = 0; i < 5; i++) expect(await ask(await signer.sign())).toBe('ann');
      // It is spared meanwhile.
      expect(provider.asked).toBe(2);
      // The operator hears of it, the callers do not.
      expect(problems).toEqual([
        `No keys could be had from ${provider.url}; the server judges tokens by the keys that it has`,
      ]);
      // A key that nobody knows may be a new one: the caller is to come again.
      const next = await createSigner('two');
      expect(await ask(await next.sign())).toBe('unavailable');
      const stranger = await createSigner('one');
      expect(await ask(await stranger.sign())).toBe('unauthorized');
      provider.broken = undefined;
      provider.keys = [next.publicJwk];
      pass(MINUTE_MS);
      expect(await ask(await next.sign())).toBe('ann');
      expect(await ask(await signer.sign())).toBe('unauthorized');
    });

    it('the identity provider is away for more than a day', async () => {
      expect(await ask(await signer.sign())).toBe('ann');
      provider.broken = { status: 503, body: 'away' };
      for (let hour = 0; hour < 23; hour++) {
        pass(60 * MINUTE_MS);
        expect(await ask(await signer.sign())).toBe('ann');
      }
      pass(120 * MINUTE_MS);
      expect(await ask(await signer.sign())).toBe('unavailable');
    });

    it('micronaut-projects/micronaut-security#155: the identity provider is away at the start, and then comes', async () => {
      provider.broken = { status: 503, body: 'away' };
      expect(await ask(await signer.sign())).toBe('unavailable');
      // In a trial of our own no log said why every call was answered 503.
      expect(problems).toEqual([
        `No keys could be had from ${provider.url}; the server answers 503 to every token`,
      ]);
      provider.broken = undefined;
      expect(await ask(await signer.sign())).toBe('ann');
    });

    it('supabase/server#165, nearform/fast-jwt#5: a new key is good at once, and one that is gone no longer', async () => {
      expect(await ask(await signer.sign())).toBe('ann');
      const next = await createSigner('two');
      provider.keys = [next.publicJwk];
      pass(MINUTE_MS);
      expect(await ask(await next.sign())).toBe('ann');
      expect(await ask(await signer.sign())).toBe('unauthorized');
      // Also where no new one has led to it.
      provider.keys = [];
      pass(11 * MINUTE_MS);
      expect(await ask(await next.sign())).toBe('unauthorized');
    });
  });
});

it('BlocUnited-LLC/mozaiks#523, kataras/jwt#7: a server that was told no audience does not start', () => {
  const options = ['--jwks', 'https://login.example/jwks.json', '--jwt-issuer', ISSUER];
  expect(() => readServeConfig(options, {})).toThrow(/--jwt-audience/);
});

it('NorthlandPositronics/Cogtrix#316, vishnukothakapu/linkid#463, xuxueli/xxl-job#3773, windmill-labs/windmill#10341: another user’s task', async () => {
  const engine = new EmbeddedEngine({ definitions, store: smallStore() });
  onTestFinished(() => engine.close());
  const { fetch } = createBackend({
    engine,
    authenticate: (request) => ({ owner: request.headers.get('x-user') ?? '' }),
  });
  const call = (user: string, path: string, method = 'GET', body?: object) =>
    fetch(
      new Request(`http://x${path}`, {
        method,
        headers: { 'x-user': user, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  const params = { gate: 'never' };
  const { id } = await (
    await call('ann', '/tasks', 'POST', { name: 'wait', params, idempotencyKey: 'k' })
  ).json();
  // Each answer is as for a task that never was.
  for (const [path, method] of [
    ['/tasks/ID', 'GET'],
    ['/tasks/ID', 'DELETE'],
    ['/tasks/ID/retry', 'POST'],
    ['/tasks/ID/events', 'GET'],
    ['/tasks/ID?wait=1&after=0', 'GET'],
  ] as const) {
    const answers = [];
    for (const each of [id, 'never-was']) {
      const response = await call('bob', path.replace('ID', each), method);
      answers.push(`${response.status} ${(await response.text()).replaceAll(each, 'ID')}`);
    }
    expect(answers[0], path).toBe(answers[1]);
    expect(answers[0]).toMatch(/^404 /);
  }
  expect((await (await call('bob', '/tasks')).json()).tasks).toEqual([]);
  const same = await (
    await call('bob', '/tasks', 'POST', { name: 'wait', params, idempotencyKey: 'k' })
  ).json();
  expect(same.id).not.toBe(id);
  expect((await (await call('ann', `/tasks/${id}`)).json()).status).toBe('running');
});
