// The JSON Schemas (2020-12) of the contract, src/contract/task.ts, for the OpenAPI document. An answer may get more
// fields. The body of a request may have no others.

import {
  BULK_ACTIONS,
  DESIGN_CHANGES,
  LOG_LEVELS,
  MAX_BUILT_TABLES,
  MAX_BULK_IDS,
  MAX_ITEM_FAILURES,
  MAX_PREVIEW_FEATURES,
  MAX_PREVIEW_LINES,
  MAX_WORKFLOW_NODES,
  PREVIEW_CHANGES,
  TASK_EVENT_TYPES,
  TASK_FILTER_STATUSES,
  TASK_STATUSES,
  WAITING_REASONS,
  WATCH_EVENT_TYPES,
} from '../../../../src/contract/index.ts';
import {
  GEOJSON_SCHEMAS,
  arrayOf as list,
  schemaRef as named,
  objectOf as object,
  type Schema,
} from '../../../http/openapi.ts';

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
const seq: Schema = { type: 'integer', minimum: 0 };
const IDEMPOTENCY_KEY: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: 'The same key again gives the same task',
};

const CANCELLATION: Record<string, Schema> = {
  cancelledBy: {
    ...text,
    description: 'The owner name of the caller who asked first. It stays after the end',
  },
  cancelRequestedAt: { ...time, description: 'When that was. It stays after the end' },
};

const DESIGN_FACTS: Record<string, Schema> = {
  designChangedAt: {
    ...time,
    description: 'Its design was changed after the task had ended, by something else; events do not have it',
  },
  designDeletedAt: { ...time, description: 'Its design was deleted since; events do not have it' },
  designPostedAt: {
    ...time,
    description: 'Its design was merged into master since, and is gone; events do not have it',
  },
};

function event(type: string, properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return object(['type', ...required], { type: { const: type }, ...properties });
}

function nodesBy(which: string): Schema {
  const keys = { type: 'array', items: { type: 'string', minLength: 1, maxLength: 95 }, minItems: 1 };
  return {
    ...object([which], { [which]: { ...keys, maxItems: MAX_WORKFLOW_NODES } }),
    additionalProperties: false,
  };
}

export const SCHEMAS: Record<string, Schema> = {
  ...GEOJSON_SCHEMAS,
  Progress: object(['percent', 'step', 'message'], {
    percent: { type: ['number', 'null'], minimum: 0, maximum: 100 },
    step: { type: ['number', 'null'] },
    stepCount: { type: 'number' },
    message: text,
    done: { type: 'number' },
    total: { type: 'number' },
  }),
  TaskError: object(['code', 'message'], {
    code: text,
    message: text,
    details: { type: 'object' },
    parameters: list(named('ParameterProblem')),
  }),
  Task: object(
    ['id', 'name', 'queue', 'status', 'progress', 'params', 'owner', 'tags', 'createdAt', 'attempt', 'seq'],
    {
      id: text,
      name: text,
      queue: text,
      status: { enum: TASK_STATUSES },
      progress: named('Progress'),
      params: { type: 'object' },
      result: { description: 'Present when succeeded' },
      error: named('TaskError'),
      owner: text,
      tags: list(text),
      items: named('ItemSummary'),
      built: named('BuiltSummary'),
      ignoredParams: {
        ...list(text),
        maxItems: 20,
        description: 'Parameters that were sent and that the task does not know; it runs without them',
      },
      retryOf: { type: 'string', description: 'The task this one was started again from' },
      waiting: named('TaskWaiting'),
      createdAt: time,
      startedAt: time,
      finishedAt: time,
      cancelRequested: { type: 'boolean' },
      ...CANCELLATION,
      ...DESIGN_FACTS,
      attempt: { type: 'integer', minimum: 1 },
      seq: { ...seq, description: 'Of the newest event that this includes' },
    },
  ),
  TaskWaiting: {
    ...object(['reason', 'queue'], {
      reason: {
        enum: WAITING_REASONS,
        description:
          'worker: all workers of the queue are busy. limit: the owner has as many tasks in the queues as may be. exclusive: ' +
          'another task works on the same thing. no-worker: nobody runs a worker for the queue. later: the next attempt has to wait',
      },
      queue: text,
      place: { type: 'integer', minimum: 1, description: 'Among those that wait for the same; 1 is next' },
      heldBy: {
        ...object(['id', 'name'], { id: text, name: text }),
        description: 'The task that this one waits for, if the caller may see it (exclusive)',
      },
      running: { type: 'integer', minimum: 0, description: 'Tasks of the owner in the queues (limit)' },
      limit: { type: 'integer', minimum: 1, description: 'So many may be there (limit)' },
      notBefore: { ...time, description: 'When the next attempt may start (later)' },
      startsInSeconds: {
        type: 'array',
        items: { type: 'number', minimum: 0 },
        minItems: 2,
        maxItems: 2,
        description: 'It probably starts between these; absent where the server cannot know',
      },
    }),
    description: 'Why a queued task has not started. Lists and gets have it, and events do not',
  },
  TaskDefinitionPage: object(['definitions'], {
    definitions: list(named('TaskDefinition')),
    nextAfter: { type: 'string', description: 'Absent on the last page' },
  }),
  TaskDefinition: object(
    ['name', 'queue', 'timeoutSeconds', 'priority', 'mayStart', 'cancellable', 'unknownParams', 'hasPreview'],
    {
      name: text,
      queue: text,
      timeoutSeconds: { type: 'number', exclusiveMinimum: 0 },
      priority: { type: 'integer', minimum: 1, maximum: 10 },
      permission: { type: 'string', description: 'The permission that a caller needs to start it' },
      mayStart: { type: 'boolean', description: 'True where this caller may start it' },
      cancellable: { type: 'boolean' },
      unknownParams: { enum: ['ignore', 'refuse'] },
      hasPreview: { type: 'boolean', description: 'True where POST /tasks/preview knows it' },
      params: { type: 'object', description: 'JSON Schema of the parameters, where it is known' },
    },
  ),
  TaskPage: object(['tasks'], {
    tasks: list(named('Task')),
    nextCursor: { type: 'string', description: 'Absent on the last page' },
    watchCursor: {
      type: 'string',
      description:
        'A watch (`POST /tasks/events`) with this `after` brings every change since this page was read. Use that of the first page. Absent where the server offers no watch now',
    },
  }),
  ItemFailure: object(['id', 'code', 'message'], {
    id: { type: 'string', minLength: 1, maxLength: 200 },
    code: { type: 'string', minLength: 1, maxLength: 100 },
    message: { type: 'string', maxLength: 500 },
    geometry: named('Geometry'),
  }),
  Item: {
    description: 'How one part of the work ended',
    oneOf: [
      object(['id', 'ok'], { id: { type: 'string', minLength: 1, maxLength: 200 }, ok: { const: true } }),
      { allOf: [named('ItemFailure'), { properties: { ok: { const: false } } }] },
    ],
  },
  ItemPage: object(['items'], {
    items: list(named('Item')),
    nextAfter: { type: 'string', description: 'Absent on the last page' },
  }),
  ItemSummary: object(['ok', 'failed', 'failures'], {
    ok: { type: 'integer', minimum: 0 },
    failed: { type: 'integer', minimum: 0 },
    failures: {
      ...list(named('ItemFailure')),
      maxItems: MAX_ITEM_FAILURES,
      description: 'The first that failed; in a list of tasks the first few of each',
    },
  }),
  BuiltSummary: {
    ...object(['count', 'tables'], {
      count: { type: 'integer', minimum: 0, description: 'A feature that was sent again counts again' },
      tables: { ...list(text), maxItems: MAX_BUILT_TABLES },
      bbox: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
    }),
    description:
      'All features that the present attempt has built, kept or not. Read them after `succeeded`, by box and table, from `GET /features`',
  },
  TaskCounts: object(['byStatus', 'others'], {
    byStatus: object(
      [...TASK_STATUSES],
      Object.fromEntries(TASK_STATUSES.map((status) => [status, { type: 'integer', minimum: 0 }])),
    ),
    others: { type: 'integer', minimum: 0, description: 'Of these, those that somebody else started' },
    isCapped: { const: true, description: 'More have ended than were counted' },
  }),
  BulkRequest: {
    oneOf: [{ required: ['filter'] }, { required: ['ids'] }],
    ...object(['action'], {
      action: {
        enum: BULK_ACTIONS,
        description:
          'cancel: those that have not ended; retry: those that failed or were cancelled, and with ids also those that succeeded; clear: those that have ended',
      },
      filter: named('TaskFilter'),
      ids: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 100 },
        minItems: 1,
        maxItems: MAX_BULK_IDS,
      },
      idempotencyKey: IDEMPOTENCY_KEY,
    }),
    additionalProperties: false,
  },
  PreviewRequest: {
    ...object(['name', 'params'], {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      params: { type: 'object' },
    }),
    additionalProperties: false,
  },
  TaskPreview: object(['counts', 'features', 'featureTotal', 'remarks'], {
    refusal: { ...named('TaskError'), description: 'Why it would be refused. All else is then empty' },
    counts: {
      ...list(
        object(['kind', 'change', 'count'], {
          kind: { ...text, description: 'The name of a table, or a word of the definition' },
          change: { enum: PREVIEW_CHANGES },
          count: { type: 'number', minimum: 0 },
        }),
      ),
      maxItems: MAX_PREVIEW_LINES,
    },
    bbox: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
    features: {
      ...list(named('Feature')),
      maxItems: MAX_PREVIEW_FEATURES,
      description: 'What would be there. The ids are of this preview alone',
    },
    featureTotal: { type: 'integer', minimum: 0 },
    bill: {
      ...list(
        object(['item', 'unit', 'quantity'], {
          item: text,
          unit: { enum: ['piece', 'metre'] },
          quantity: { type: 'number', minimum: 0 },
          price: { type: 'number', description: 'Of one unit' },
          cost: { type: 'number' },
        }),
      ),
      maxItems: MAX_PREVIEW_LINES,
    },
    currency: text,
    remarks: {
      ...list(object(['code', 'message'], { code: text, message: text, details: { type: 'object' } })),
      maxItems: MAX_PREVIEW_LINES,
    },
    duration: {
      ...object(['lowSeconds', 'highSeconds', 'runs'], {
        lowSeconds: { type: 'number', minimum: 0 },
        highSeconds: { type: 'number', minimum: 0 },
        runs: { type: 'integer', minimum: 1, description: 'So many earlier runs it is from' },
      }),
      description:
        'Four of five runs take a time in between, from their start. Absent where none has ended yet',
    },
    exactParams: {
      type: 'object',
      description: 'Params with which a start does exactly this. Absent where those of the request do',
    },
  }),
  DesignChange: {
    ...object(['design', 'change'], {
      design: {
        type: 'string',
        minLength: 1,
        maxLength: 500,
        description: 'The parameter `design` of the tasks',
      },
      change: { enum: DESIGN_CHANGES },
    }),
    additionalProperties: false,
  },
  WaitingRequest: {
    ...object(['ids'], {
      ids: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 100 },
        minItems: 1,
        maxItems: 200,
      },
    }),
    additionalProperties: false,
  },
  WaitingAnswer: object(['waiting'], {
    waiting: { type: 'object', additionalProperties: named('TaskWaiting') },
  }),
  LogPage: object(['lines', 'cursor', 'hasMore'], {
    lines: list(
      object(['at', 'level', 'message', 'attempt'], {
        at: time,
        level: { enum: LOG_LEVELS },
        message: { type: 'string', maxLength: 2_000 },
        attempt: { type: 'integer', minimum: 1 },
      }),
    ),
    cursor: {
      type: 'string',
      description: 'Read on from here, as `after`, also once the task has said more',
    },
    hasMore: { type: 'boolean', description: 'There are more lines now' },
  }),
  ClearAnswer: object(['cleared'], {
    cleared: { type: 'boolean', description: 'False where there was no such task of yours' },
  }),
  RetryRequest: {
    ...object([], {
      items: { enum: ['failed'], description: 'Left out: the whole task' },
      nodes: {
        description:
          'Of a workflow. from: these nodes, all that come after them and all that have not succeeded run; only: these run alone. ' +
          'What has succeeded otherwise is kept. Left out: all nodes run; with "items" those that have not succeeded',
        oneOf: [nodesBy('from'), nodesBy('only')],
      },
      idempotencyKey: IDEMPOTENCY_KEY,
    }),
    additionalProperties: false,
  },
  EnqueueRequest: {
    ...object(['name', 'params'], {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      params: { type: 'object' },
      idempotencyKey: IDEMPOTENCY_KEY,
      tags: { type: 'array', maxItems: 20, items: { type: 'string', minLength: 1, maxLength: 100 } },
    }),
    additionalProperties: false,
  },
  EventFilter: {
    anyOf: [{ required: ['cursors'] }, { required: ['filter'] }],
    dependentRequired: { after: ['filter'] },
    ...object([], {
      filter: named('TaskFilter'),
      after: {
        type: 'string',
        minLength: 1,
        maxLength: 200,
        description: 'The watchCursor of a list, or the cursor of an event of a watch. Default: from now on',
      },
      cursors: {
        type: 'object',
        description: 'By task id: the newest sequence number seen, or null',
        minProperties: 1,
        maxProperties: 500,
        propertyNames: { maxLength: 100 },
        additionalProperties: { type: ['integer', 'null'], minimum: 0 },
      },
    }),
    additionalProperties: false,
  },
  TaskFilter: {
    ...object([], {
      status: {
        enum: TASK_FILTER_STATUSES,
        description: 'active: those that have not ended; finished: those that have; or one status',
      },
      name: { type: 'string', maxLength: 100, description: 'Of the task definition' },
      q: { type: 'string', maxLength: 200, description: 'Words in name, progress message or tags' },
      owner: { enum: ['me'], description: "Only the caller's own; an admin sees everyone's without it" },
      tag: { type: 'string', maxLength: 100 },
      design: { type: 'string', maxLength: 500, description: 'The parameter `design` of the task' },
      nodes: { enum: [false], description: 'false: without the tasks of nodes of workflows' },
      bbox: {
        type: 'array',
        items: { type: 'number' },
        minItems: 4,
        maxItems: 4,
        description:
          'Tasks whose work (`built.bbox`) touches [west, south, east, north]. Where west > east it crosses the antimeridian',
      },
    }),
    additionalProperties: false,
  },
  WatchEvent: {
    description:
      'The data of a server-sent event of a watch. A watch says how tasks stand now. A task that changed several times while the client was busy comes once',
    allOf: [
      object(['type', 'cursor'], {
        type: { enum: WATCH_EVENT_TYPES },
        cursor: { type: 'string', description: 'A later watch goes on from here, as `after`' },
      }),
      {
        oneOf: [
          event(
            'watching',
            {
              reset: {
                const: true,
                description: 'The server does not know what followed `after`: read the list again',
              },
            },
            [],
          ),
          event('task', { task: named('Task') }),
          event(
            'gone',
            { taskId: text, task: { ...named('Task'), description: 'Absent where the task was deleted' } },
            ['taskId'],
          ),
        ],
      },
    ],
  },
  TaskEvent: {
    description: 'The data of a server-sent event',
    allOf: [
      object(['taskId', 'seq', 'at', 'attempt', 'type'], {
        taskId: text,
        seq,
        at: time,
        attempt: { type: 'integer', minimum: 1 },
        type: { enum: TASK_EVENT_TYPES },
      }),
      {
        oneOf: [
          event('snapshot', { task: named('Task'), features: list(named('Feature')) }, ['task']),
          event('progress', { progress: named('Progress') }),
          event('log', { level: { enum: ['info', 'warning', 'error'] }, message: text }),
          event('features', { features: list(named('Feature')), built: named('BuiltSummary') }, ['features']),
          event('items', { items: list(named('Item')) }),
          event('succeeded', { result: {} }),
          event('failed', { error: named('TaskError') }),
          event('cancelled', CANCELLATION, []),
        ],
      },
    ],
  },
};
