import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { openApiChecker } from './openApiChecker.ts';

/** Far longer than any answer takes: what is not there by then hangs. */
const PATIENCE_MS = 20_000;
const NAMES = ['count', 'fail', 'checked', 'coffee', '__proto__', 'constructor', ''];

interface Draft {
  method: string;
  path: string;
  query: [name: string, value: string][];
  headers: [name: string, value: string][];
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** What has broken servers before. */
const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    ...['', ' ', '0', '-0', '-1', '1.5', '1e3', '1e400', 'NaN', 'Infinity', 'null', 'undefined', 'true'],
    ...['9007199254740991', '9007199254740992', '99999999999999999999', '0x10', '１', '٣'],
    ...['__proto__', 'constructor', 'toString', '../../etc/passwd', '..%2f..', '%00', '%', '%zz', '\u0000'],
    ...[
      "' OR 1=1 --",
      '"; DROP TABLE task; --',
      '#{7*7}',
      '{{7*7}}',
      '<script>',
      '\r\nX-Bad: 1',
      '\ud800',
      '🙂',
    ],
    ...[
      'design/Test',
      'design/',
      'design/Nowhere',
      'pole/1',
      'pole/0',
      'pole/99999999999999999999',
      'a,b,c,d',
    ],
    ...['0,0,1,1', '1,1,0,0', '-181,0,1,1', 'NaN,0,1,1', '0,0,1', '1e308,0,1e309,1', ','.repeat(1_000)],
    'x'.repeat(5_000),
  ),
);

const hostileJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(null, [], {}, 0, '', true, [[]], { a: { a: {} } }),
  hostileText,
);

/** Values of a schema of the document, as far as its queries and bodies use JSON Schema. */
function valid(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  const whole = (name: string, otherwise: number) => Number(schema[name] ?? otherwise);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'integer':
      return fc.integer({ min: whole('minimum', 0), max: Math.min(whole('maximum', 1e6), 1e9) });
    case 'number':
      return fc.integer({ min: -180, max: 180 });
    case 'array':
      return fc.array(valid(schema.items as Record<string, unknown>), {
        minLength: whole('minItems', 1),
        maxLength: whole('maxItems', 4),
      });
    default:
      return fc.string({ minLength: whole('minLength', 0), maxLength: Math.min(whole('maxLength', 50), 50) });
  }
}

/**
 * Asks a backend (on test/support/tasks/definitions.ts) what its OpenAPI document allows, what it nearly allows, and what it
 * never would. Fails, with the request, on a 500, on an answer that is not in the document, and on none in 20 s.
 * The same seed asks the same. Returns how often each status was answered.
 */
export async function fuzzBackend(
  fetch: (request: Request) => Promise<Response>,
  { baseUrl = 'http://backend.test', runs = 1_500, seed = 1, methods = [] as string[] } = {},
): Promise<Map<number, number>> {
  const { document, check, checkEvent } = await openApiChecker(new URL(baseUrl).pathname.replace(/\/$/, ''));
  const ids: string[] = ['nothing'];
  const statuses = new Map<number, number>();

  const id = fc.oneof(
    { weight: 4, arbitrary: fc.nat(1_000).map((n) => `known ${n}`) },
    { weight: 1, arbitrary: hostileText.map(encodeURIComponentSafely) },
  );
  const enqueue = fc.record(
    {
      name: fc.constantFrom(...NAMES),
      params: fc.oneof(
        fc.record({ to: fc.integer({ min: -1, max: 30 }) }),
        fc.record({ message: fc.string({ minLength: 1, maxLength: 100 }) }),
        fc.record({ pole: fc.integer({ min: 0, max: 3 }) }),
        hostileJson,
      ),
      idempotencyKey: fc.oneof(fc.constantFrom('a', 'b'), hostileJson),
      tags: fc.oneof(fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }), hostileJson),
    },
    { requiredKeys: ['name', 'params'] },
  );
  const follow = fc.record({
    cursors: fc.oneof(
      fc.dictionary(
        fc.oneof(
          fc.nat(1_000).map((n) => `known ${n}`),
          hostileText,
        ),
        fc.oneof(fc.constant(null), fc.nat(5), hostileJson),
        {
          maxKeys: 3,
        },
      ),
      hostileJson,
    ),
  });
  const segment = hostileText.map(encodeURIComponentSafely);
  const table = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('pole', 'address', 'street', 'connection') },
    segment,
  );
  const design = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('Test', 'Nowhere', 'x') }, segment);
  const record = fc.oneof({ weight: 4, arbitrary: fc.nat(5).map(String) }, segment);
  const pathOf = (path: string) =>
    fc.tuple(table, design, path.startsWith('/features') ? record : id).map(([ofTable, ofDesign, one]) =>
      path
        .replace('{table}', () => ofTable)
        .replace('{name}', () => ofDesign)
        .replace('{task_id}', () => ofTable)
        .replace('{id}', () => one),
    );
  const position = fc.tuple(fc.integer({ min: -200, max: 200 }), fc.double({ min: -100, max: 100 }));
  const geometry = fc.oneof(
    { weight: 3, arbitrary: fc.record({ type: fc.constant('Point'), coordinates: position }) },
    fc.record({ type: fc.constant('LineString'), coordinates: fc.array(position, { maxLength: 3 }) }),
    fc.record({
      type: fc.constant('Polygon'),
      coordinates: fc.array(
        fc.array(position, { maxLength: 3 }).map((ring) => [...ring, ...ring.slice(0, 1)]),
      ),
    }),
    hostileJson,
  );
  const feature = fc.record(
    {
      type: fc.constantFrom('Feature', 'Feature', 'Feature', 'Point'),
      id: hostileJson,
      geometry,
      properties: fc.oneof(
        fc.dictionary(hostileText, hostileJson, { maxKeys: 3 }),
        fc.record({ name: design }),
      ),
    },
    { requiredKeys: ['type', 'geometry', 'properties'] },
  );
  const operation = fc.record(
    {
      operation_signature: fc.oneof(
        { weight: 4, arbitrary: fc.record({ operation_name: fc.constantFrom(...NAMES) }) },
        hostileJson,
      ),
      connected_to: fc.oneof(fc.constant([]), hostileJson),
      lrt: fc.oneof(fc.record({ params: fc.record({ to: fc.nat(9) }), weight: fc.nat(3) }), hostileJson),
    },
    { requiredKeys: ['operation_signature'] },
  );
  const workflow = fc.record(
    {
      blueprint: fc.record({
        type: fc.oneof({ weight: 5, arbitrary: fc.constant('pipeline-topology/v2') }, hostileJson),
        nodes: fc.oneof(
          {
            weight: 5,
            arbitrary: fc.array(
              fc.record({
                container_name: fc.oneof(fc.constantFrom('a', 'b'), hostileText),
                operation_signature_list: fc.array(operation, { maxLength: 2 }),
              }),
              { minLength: 1, maxLength: 2 },
            ),
          },
          hostileJson,
        ),
      }),
      dockerinfo: hostileJson,
      inputs: hostileJson,
    },
    { requiredKeys: ['blueprint'] },
  );
  const features = fc.oneof(
    { weight: 3, arbitrary: feature },
    fc.record({
      type: fc.constant('FeatureCollection'),
      features: fc.oneof(fc.array(feature, { maxLength: 4 }), hostileJson),
    }),
  );
  const bodyOf = (path: string): fc.Arbitrary<unknown> => {
    if (path === '/tasks/events') return follow;
    if (path === '/workflows') return workflow;
    if (path.endsWith('/post'))
      return fc.record({ prefer: fc.oneof(fc.constantFrom('design', 'master'), hostileJson) });
    return path.startsWith('/tasks') ? enqueue : features;
  };
  /** A body as sent: mostly JSON, sometimes cut off, sometimes anything. */
  const body = (shaped: fc.Arbitrary<unknown>): fc.Arbitrary<Draft['body']> =>
    fc.oneof(
      { weight: 6, arbitrary: shaped.map((value) => JSON.stringify(value)) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(shaped, fc.nat(100))
          .map(([value, cut]) => JSON.stringify(value).slice(0, -1 - cut)),
      },
      { weight: 1, arbitrary: fc.tuple(shaped, hostileText, hostileJson).map(withField) },
      { weight: 1, arbitrary: hostileJson.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => new Uint8Array(bytes)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          `{"name":"count","params":{"to":1e400}}`,
          `{"name":"count","params":${'['.repeat(50_000)}`,
          `{"name":"count","params":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
          `{"name":"count","params":{"to":1},"to":${'9'.repeat(400)}}`,
          `{"name":"count","name":"fail","params":{"__proto__":{"to":1}}}`,
          `\ufeff{"name":"count","params":{"to":1}}`,
          ' '.repeat(1_048_577),
        ),
      },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  const contentType = fc.oneof(
    { weight: 8, arbitrary: fc.constant('application/json') },
    fc.constantFrom(
      'application/json; charset=latin1',
      'text/plain',
      'application/problem+json',
      ';',
      'json',
    ),
  );
  const headers = fc.oneof(
    { weight: 5, arbitrary: fc.constant<Draft['headers']>([]) },
    fc.array(
      fc.tuple(
        fc.constantFrom(
          'Last-Event-ID',
          'Accept',
          'Authorization',
          'X-Request-Id',
          'Range',
          'If-None-Match',
          'If-Match',
        ),
        fc.oneof(fc.nat(5).map(String), hostileText),
      ),
      { maxLength: 3 },
    ),
  );

  const drafts = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): fc.WeightedArbitrary<Draft> => {
      const { parameters = [] } = operation as { parameters?: Record<string, unknown>[] };
      const inQuery = parameters.filter((parameter) => parameter.in === 'query');
      const one = inQuery.map((parameter) =>
        fc.tuple(
          fc.constant(String(parameter.name)),
          fc.oneof(
            { weight: 3, arbitrary: valid(parameter.schema as Record<string, unknown>).map(String) },
            { weight: 1, arbitrary: hostileText },
          ),
        ),
      );
      // `wait` waits, rightly; the suite of the protocol has it.
      const query = fc
        .array(fc.oneof(...one, fc.tuple(hostileText, hostileText)), {
          maxLength: inQuery.length > 0 ? 3 : 1,
        })
        .map((pairs) => pairs.filter(([name]) => name !== 'wait'));
      const arbitrary = fc.record({
        method: fc.oneof(
          { weight: 8, arbitrary: fc.constant(method.toUpperCase()) },
          fc.constantFrom('HEAD', 'PUT', 'PATCH', 'OPTIONS', 'QUERY', 'get', 'PURGE', 'M-SEARCH', ...methods),
        ),
        path: pathOf(path),
        query: fc.oneof(
          { weight: 1, arbitrary: fc.constant<Draft['query']>([]) },
          { weight: 3, arbitrary: query },
        ),
        headers: fc.tuple(headers, contentType).map(([some, type]) => [...some, ['Content-Type', type]]),
        body: body(bodyOf(path)),
      }) as fc.Arbitrary<Draft>;
      // What starts a task is asked for more often, so that there are tasks to ask for.
      return { arbitrary, weight: `${method} ${path}` === 'post /tasks' ? 5 : 2 };
    }),
  );
  const nowhere = hostileText.map(
    (path): Draft => ({ method: 'GET', path: `/${path}`, query: [], headers: [], body: undefined }),
  );

  await fc.assert(
    fc.asyncProperty(fc.oneof(...drafts, nowhere), async (draft) => {
      const abort = new AbortController();
      const request = requestOf(draft, { baseUrl, ids, signal: abort.signal });
      if (!request) return;
      const response = await inTime(fetch(request), 'no answer');
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status === 500) throw new Error(`500: ${await response.text()}`);
      await check(request, response);
      if (response.headers.get('content-type') === 'text/event-stream') {
        for (const event of await inTime(eventsOf(response), 'a stream without an end')) checkEvent(event);
      } else {
        const text = await inTime(response.text(), 'half an answer');
        const started = response.status === 202 || text.startsWith('{"workflow_id"');
        const { id, workflow_id } = started ? JSON.parse(text) : {};
        if (typeof workflow_id === 'string' && !ids.includes(workflow_id)) ids.push(workflow_id);
        if (typeof id === 'string' && !ids.includes(id)) ids.push(id);
      }
      abort.abort();
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  return statuses;
}

/** Undefined where the platform's own Request refuses it. */
function requestOf(
  { method, path, query, headers, body }: Draft,
  { baseUrl, ids, signal }: { baseUrl: string; ids: string[]; signal: AbortSignal },
): Request | undefined {
  const known = (text: string) => text.replace(/known (\d+)/g, (_, n) => ids[Number(n) % ids.length] ?? '');
  try {
    const url = new URL(baseUrl.replace(/\/$/, '') + known(path));
    for (const [name, value] of query) url.searchParams.append(name, known(value));
    const sent = method === 'GET' || method === 'HEAD' || method === 'get' ? undefined : body;
    return new Request(url, {
      method,
      headers,
      signal,
      ...(sent !== undefined && { body: typeof sent === 'string' ? known(sent) : sent }),
    });
  } catch {
    return undefined;
  }
}

async function eventsOf(response: Response): Promise<unknown[]> {
  const events: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data)) });
  const decoder = new TextDecoder();
  if (response.body)
    for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }));
  return events;
}

function inTime<Value>(promise: Promise<Value>, otherwise: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''));
}

function withField([value, name, other]: [unknown, string, unknown]): string {
  return JSON.stringify({ ...(value as object), [name]: other });
}
