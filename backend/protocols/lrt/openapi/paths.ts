import { FEATURE_TABLES } from '../../../network/NetworkStore.ts';
import { ref } from './schemas.ts';

type Content = Record<string, { schema: Record<string, unknown> }>;

const REFUSALS = {
  400: 'The request, or a parameter of the task, is wrong; `errors` names each',
  401: 'No credentials, or none that are valid',
  403: 'Not allowed to this caller',
  404: 'Nothing there, or it is another owner’s',
  409: 'Not possible in the state that the task is in',
  413: 'More than 1 MB',
  415: 'Not application/json',
  429: 'Too many requests, or event streams, of one owner; Retry-After says when to come back',
  500: 'An accident on the server',
  503: 'Not available now: the server shuts down, or what it depends on is away',
};
type Refusal = keyof typeof REFUSALS;

const ANY: Refusal[] = [401, 403, 429, 500, 503];
const BODY: Refusal[] = [400, 413, 415];

function problems(...statuses: Refusal[]): Record<string, unknown> {
  const sorted = [...statuses, ...ANY].sort((a, b) => a - b);
  return Object.fromEntries(
    sorted.map((status) => [
      status,
      {
        description: REFUSALS[status],
        content: { 'application/problem+json': { schema: ref('Problem') } },
        ...(status === 401 && { headers: { 'WWW-Authenticate': { schema: { type: 'string' } } } }),
        ...(status === 429 && { headers: { 'Retry-After': { schema: { type: 'integer', minimum: 1 } } } }),
      },
    ]),
  );
}

function answer(description: string, content: Content, headers: string[] = []): Record<string, unknown> {
  return {
    description,
    content,
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])),
    }),
  };
}

const json = (name: Parameters<typeof ref>[0]): Content => ({ 'application/json': { schema: ref(name) } });
const geoJson: Content = { 'application/geo+json': { schema: ref('FeatureCollection') } };
const body = (name: Parameters<typeof ref>[0]) => ({ required: true, content: json(name) });

/** OpenAPI 3.1 has no schema for what is within a stream; `itemSchema` is that of 3.2. */
const events = {
  'text/event-stream': {
    schema: { type: 'string', description: 'event: the type, id: the seq, data: a TaskEvent in one line' },
    'x-itemSchema': ref('TaskEvent'),
  },
};

function query(name: string, schema: Record<string, unknown>, description: string): Record<string, unknown> {
  return { name, in: 'query', required: false, schema, description, explode: false };
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'Of a task' };
const after = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

/** What each operation takes and answers. A GET can be asked as HEAD, too. */
export const PATHS = {
  '/openapi.json': {
    get: {
      summary: 'This document',
      security: [],
      responses: {
        200: answer('OpenAPI 3.1', {
          'application/vnd.oai.openapi+json;version=3.1': { schema: { type: 'object' } },
        }),
        ...problems(),
      },
    },
  },
  '/tasks': {
    get: {
      summary: 'Tasks of the caller, newest first; of everyone, for admins',
      parameters: [
        query('status', { enum: ['active', 'finished'] }, 'Those that have not ended, or that have'),
        query('name', { type: 'string', maxLength: 100 }, 'Of the task definition'),
        query('q', { type: 'string', maxLength: 200 }, 'Words in name, progress message or tags'),
        query('limit', { type: 'integer', minimum: 1, maximum: 200 }, 'Tasks on a page; default 50'),
        query('cursor', { type: 'string', maxLength: 100 }, 'nextCursor of the page before'),
      ],
      responses: { 200: answer('One page', json('TaskPage')), ...problems(400) },
    },
    post: {
      summary: 'Start a task',
      description: 'Everything is checked before anything is queued.',
      requestBody: body('EnqueueRequest'),
      responses: {
        200: answer('The idempotency key was known: the task it was first used for', json('Task'), [
          'Location',
        ]),
        202: answer('Queued', json('Task'), ['Location']),
        ...problems(...BODY, 404, 409),
      },
    },
  },
  '/tasks/events': {
    post: {
      summary: 'Follow many tasks on one stream',
      description: 'As of GET /tasks/{id}/events, without ids. Ends after the terminal event of each task.',
      requestBody: body('EventFilter'),
      responses: { 200: answer('Events', events), ...problems(...BODY, 404) },
    },
  },
  '/tasks/{id}': {
    get: {
      summary: 'One task',
      parameters: [
        id,
        query('wait', { type: 'integer', minimum: 1, maximum: 30 }, 'Seconds to wait for something newer'),
        query('after', after, 'The newest sequence number seen'),
      ],
      responses: { 200: answer('The task', json('Task')), ...problems(400, 404) },
    },
    delete: {
      summary: 'Cancel a task',
      parameters: [id],
      responses: {
        202: answer('It is cancelled, or will be: the terminal event tells', json('Task')),
        ...problems(404, 409),
      },
    },
  },
  '/tasks/{id}/retry': {
    post: {
      summary: 'Start a task that has ended again, as a new one with the same parameters',
      parameters: [id],
      responses: { 202: answer('Queued', json('Task'), ['Location']), ...problems(400, 404, 409) },
    },
  },
  '/tasks/{id}/events': {
    get: {
      summary: 'Follow a task',
      description:
        'Server-sent events: what is newer than the cursor, or a snapshot first where there is no usable one. A ' +
        'comment every 15 s. Ends after the terminal event.',
      parameters: [
        id,
        query('after', after, 'The newest sequence number seen; goes before Last-Event-ID'),
        { name: 'Last-Event-ID', in: 'header', required: false, schema: after },
      ],
      responses: {
        200: answer('Events', events),
        204: { description: 'All of them were seen; do not come back' },
        ...problems(400, 404),
      },
    },
  },
  '/designs': {
    get: {
      summary: 'All designs',
      responses: { 200: answer('Their areas', geoJson), ...problems(400) },
    },
  },
  '/features': {
    get: {
      summary: 'What is stored, for maps',
      parameters: [
        query(
          'bbox',
          { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
          'West, south, east, north in degrees of WGS 84',
        ),
        query(
          'design',
          { type: 'string', maxLength: 200 },
          "'design/NAME'; without it what is in master only",
        ),
        query('tables', { type: 'array', items: { enum: FEATURE_TABLES } }, 'Default: all'),
        query(
          'limit',
          { type: 'integer', minimum: 1, maximum: 50_000 },
          'Features on a page; default 10,000',
        ),
        query('after', { type: 'string', maxLength: 200 }, 'As the "next" link has it'),
      ],
      responses: { 200: answer('One page; the link "next" leads on', geoJson), ...problems(400, 404) },
    },
  },
};
