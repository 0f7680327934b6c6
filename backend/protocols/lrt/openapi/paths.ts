import {
  LOG_LEVELS,
  MAX_COUNTED,
  MAX_LOG_LINES,
  TASK_FILTER_STATUSES,
} from '../../../../src/contract/index.ts';
import {
  answer,
  jsonContent as json,
  type ProblemStatus,
  problemResponses as problems,
  query,
  schemaRef as ref,
} from '../../../http/openapi.ts';

const BODY: ProblemStatus[] = [400, 413, 415];
const body = (name: string) => ({ required: true, content: json(name) });

/** OpenAPI 3.1 has no schema for what is within a stream; `itemSchema` is that of 3.2. */
const events = {
  'text/event-stream': {
    schema: { type: 'string', description: 'event: the type, id: the seq, data: a TaskEvent in one line' },
    'x-itemSchema': ref('TaskEvent'),
  },
};

const watchEvents = {
  'text/event-stream': {
    schema: {
      type: 'string',
      description: 'event: the type, data: a TaskEvent, or with a filter a WatchEvent, in one line',
    },
    'x-itemSchema': { anyOf: [ref('TaskEvent'), ref('WatchEvent')] },
  },
};

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'Of a task' };
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  description: 'The key for a body without idempotencyKey, from a proxy that may repeat the request',
};
const after = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

const FILTER = [
  query('status', { enum: TASK_FILTER_STATUSES }, 'Those that have not ended, or that have; or one status'),
  query('name', { type: 'string', maxLength: 100 }, 'Of the task definition'),
  query('q', { type: 'string', maxLength: 200 }, 'Words in name, progress message or tags'),
  query('owner', { enum: ['me'] }, "Only the caller's own; an admin sees everyone's without it"),
  query('tag', { type: 'string', maxLength: 100 }, 'One of its tags'),
  query('nodes', { enum: ['false'] }, 'false: without the tasks of nodes of workflows'),
  query('design', { type: 'string', maxLength: 500 }, 'Its parameter `design`'),
  query(
    'bbox',
    { type: 'string' },
    'west,south,east,north in degrees: tasks whose work (`built.bbox`) touches it. Where west > east it crosses the antimeridian',
  ),
];

/** The operations of the protocol, each with its parameters and answers. A client may send HEAD in place of GET. */
export const PATHS = {
  '/task-definitions': {
    get: {
      summary: 'The tasks that can be started, in the order of their names',
      parameters: [
        query('limit', { type: 'integer', minimum: 1 }, 'Definitions on a page; default 50, at most 200'),
        query('after', { type: 'string', maxLength: 100 }, 'nextAfter of the page before'),
      ],
      responses: { 200: answer('One page', json('TaskDefinitionPage')), ...problems(400) },
    },
  },
  '/tasks': {
    get: {
      summary: 'Tasks of the caller, newest first; of everyone, for admins',
      parameters: [
        ...FILTER,
        query('limit', { type: 'integer', minimum: 1 }, 'Tasks on a page; default 50, at most 200'),
        query('cursor', { type: 'string', maxLength: 100 }, 'nextCursor of the page before'),
      ],
      responses: { 200: answer('One page', json('TaskPage')), ...problems(400) },
    },
    post: {
      summary: 'Start a task',
      description: 'Everything is checked before anything is queued.',
      parameters: [IDEMPOTENCY_KEY],
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
  '/tasks/count': {
    get: {
      summary: 'How many tasks a filter selects, by status',
      description:
        `Tasks that have not ended are all counted, and ${MAX_COUNTED.toLocaleString('en')} of those that have at most: ` +
        '`isCapped` says that there are more.',
      parameters: FILTER,
      responses: { 200: answer('The counts', json('TaskCounts')), ...problems(400) },
    },
  },
  '/tasks/bulk': {
    post: {
      summary: 'Cancel, start again or clear many tasks, by a task that does it',
      description:
        'The answer is that task: it has progress, and each task that it could not act on is one of its failed items. It ' +
        'acts for the caller, and on nothing that the caller may not see. It leaves out tasks of its own kind, and tasks that ' +
        'were started after the request. It waits for no place of its owner. GET /tasks/count says beforehand how many fit.',
      parameters: [IDEMPOTENCY_KEY],
      requestBody: body('BulkRequest'),
      responses: {
        200: answer('The idempotency key was known: the task it was first used for', json('Task'), [
          'Location',
        ]),
        202: answer('Queued', json('Task'), ['Location']),
        ...problems(...BODY, 409, 429),
      },
    },
  },
  '/tasks/preview': {
    post: {
      summary: 'What a task would come to; nothing is started, written or reserved',
      description:
        'The name, the permission and the params are checked as those of a start. What a start would refuse is the `refusal` of ' +
        'the answer. A definition without a preview answers 404. It counts as a start where the host limits those.',
      requestBody: body('PreviewRequest'),
      responses: { 200: answer('The preview', json('TaskPreview')), ...problems(...BODY, 404) },
    },
  },
  '/tasks/waiting': {
    post: {
      summary: 'Why those of these tasks wait that are queued, by id',
      description:
        'A list has the same. This is for a client that watches, and refreshes the places of the tasks it shows.',
      requestBody: body('WaitingRequest'),
      responses: {
        200: answer('Tasks that do not wait are left out', json('WaitingAnswer')),
        ...problems(...BODY),
      },
    },
  },
  '/tasks/design-changes': {
    post: {
      summary: 'Say that a design changed, was deleted or was posted',
      description:
        'For administrators: for an application that keeps its designs elsewhere. The tasks with this parameter `design` show it ' +
        'from then on. What is changed by way of this server needs no such call.',
      requestBody: body('DesignChange'),
      responses: { 204: { description: 'Noted' }, ...problems(...BODY, 403) },
    },
  },
  '/tasks/events': {
    post: {
      summary: 'Follow many tasks on one stream, and watch for tasks that are new or change',
      description:
        'With `cursors`: as of GET /tasks/{id}/events, without ids. Ends after the terminal event of each task. With ' +
        '`filter`: a watch. It begins with a `watching` event and does not end by itself. A `task` event has the newest ' +
        'state of a task that the filter selects, which may have been started after the watch was. A `gone` event names a ' +
        'task that the filter does not select any more, or that was deleted; it may name one that was never sent. To miss ' +
        'nothing, list the tasks first and watch from the `watchCursor` of the list.',
      requestBody: body('EventFilter'),
      responses: { 200: answer('Events', watchEvents), ...problems(...BODY, 404) },
    },
  },
  '/tasks/{id}': {
    get: {
      summary: 'One task',
      description:
        'With `wait` a long poll, for clients behind a proxy that holds back the bytes of a stream: the answer comes ' +
        'once the task is newer than `after`, or has ended, or after `wait` seconds.',
      parameters: [
        id,
        query('wait', { type: 'integer', minimum: 0, maximum: 30 }, 'Seconds to wait for news; default 0'),
        query('after', after, 'The newest sequence number seen; default: that of the task now'),
      ],
      responses: { 200: answer('The task', json('Task')), ...problems(400, 404) },
    },
    delete: {
      summary: 'Cancel a task',
      parameters: [id],
      responses: {
        202: answer('The task is cancelled, or will be. Its terminal event reports the end', json('Task')),
        ...problems(404, 409),
      },
    },
  },
  '/tasks/{id}/items': {
    get: {
      summary: 'How the parts of the present attempt ended, in the order of their reports',
      parameters: [
        id,
        query('ok', { type: 'boolean' }, 'false: those that failed; true: the others; left out: both'),
        query('limit', { type: 'integer', minimum: 1 }, 'Items on a page; default 100, at most 1,000'),
        query('after', { type: 'string', maxLength: 100 }, 'nextAfter of the page before'),
      ],
      responses: { 200: answer('One page', json('ItemPage')), ...problems(400, 404) },
    },
  },
  '/tasks/{id}/log': {
    get: {
      summary: 'The log of a task, the oldest line first, also long after its end',
      description: `The newest ${MAX_LOG_LINES.toLocaleString('en')} lines of all attempts are kept.`,
      parameters: [
        id,
        query(
          'after',
          { type: 'string', maxLength: 15 },
          'The cursor of an earlier page: what came after it',
        ),
        query('limit', { type: 'integer', minimum: 1 }, 'Lines on a page; default 200, at most 1,000'),
        query('level', { enum: LOG_LEVELS }, 'The least level'),
        query('q', { type: 'string', maxLength: 200 }, 'Text that the message contains'),
      ],
      responses: { 200: answer('One page', json('LogPage')), ...problems(400, 404) },
    },
  },
  '/tasks/{id}/clear': {
    post: {
      summary: 'Remove a task that has ended from all lists, with its log and its items',
      description:
        'It may be repeated: a task that is not there any more answers 200 as well. Watchers get `gone`. A start that is ' +
        'repeated with the idempotency key of the task is refused (409) in the first two minutes after its end, and starts nothing.',
      parameters: [id],
      responses: { 200: answer('It is not there any more', json('ClearAnswer')), ...problems(...BODY, 409) },
    },
  },
  '/tasks/{id}/retry': {
    post: {
      summary: 'Start a task that has ended again, as a new one with the same parameters',
      description:
        'With the body { "items": "failed" } it runs the items that failed, and no others. Of a workflow, { "nodes": ... } selects ' +
        'the nodes that run.',
      parameters: [id, IDEMPOTENCY_KEY],
      requestBody: { ...body('RetryRequest'), required: false },
      responses: { 202: answer('Queued', json('Task'), ['Location']), ...problems(...BODY, 404, 409) },
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
};
