import { PROBLEM_TYPE_PREFIX, TASK_EVENT_TYPES, TASK_STATUSES } from '../../../../src/contract/index.ts';

/** JSON Schemas (2020-12) of src/contract/index.ts. Answers may get more fields; bodies of requests may have no others. */

type Schema = Record<string, unknown>;

export function ref(name: keyof typeof SCHEMAS): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
const seq: Schema = { type: 'integer', minimum: 0 };
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (required: string[], properties: Record<string, Schema>): Schema => ({
  type: 'object',
  required,
  properties,
});

/** Longitude, latitude in degrees, WGS 84. */
const position: Schema = { type: 'array', minItems: 2, items: { type: 'number' } };

function geometry(type: string, coordinates: Schema): Schema {
  return object(['type', 'coordinates'], { type: { const: type }, coordinates });
}

function event(type: string, properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return object(['type', ...required], { type: { const: type }, ...properties });
}

export const SCHEMAS = {
  Geometry: {
    oneOf: [
      geometry('Point', position),
      geometry('LineString', list(position)),
      geometry('Polygon', list(list(position))),
    ],
  },
  Feature: object(['type', 'id', 'geometry', 'properties'], {
    type: { const: 'Feature' },
    id: { type: 'string', description: "'table/number', the record it shows" },
    geometry: named('Geometry'),
    properties: object(['table'], { table: text, name: text }),
  }),
  FeatureCollection: object(['type', 'timeStamp', 'numberReturned', 'features', 'links'], {
    type: { const: 'FeatureCollection' },
    timeStamp: time,
    numberReturned: { type: 'integer', minimum: 0 },
    features: list(named('Feature')),
    links: list(
      object(['rel', 'type', 'href'], {
        rel: { enum: ['self', 'next'] },
        type: text,
        href: { type: 'string', description: 'Path and query; "next" is absent on the last page' },
      }),
    ),
  }),
  Progress: object(['percent', 'step', 'message'], {
    percent: { type: ['number', 'null'], minimum: 0, maximum: 100 },
    step: { type: ['number', 'null'] },
    stepCount: { type: 'number' },
    message: text,
    done: { type: 'number' },
    total: { type: 'number' },
  }),
  ParameterProblem: object(['parameter', 'code', 'message'], {
    parameter: { type: 'string', description: 'Nested ones are joined by dots' },
    code: { type: 'string', description: "Stable: 'missing', 'unknown', 'wrong-type', 'out-of-range', ..." },
    message: text,
    expected: text,
  }),
  TaskError: object(['code', 'message'], {
    code: text,
    message: text,
    details: { type: 'object' },
    parameters: list(named('ParameterProblem')),
  }),
  Problem: {
    description: 'RFC 9457',
    ...object(['type', 'title', 'status', 'detail'], {
      type: { type: 'string', pattern: `^${PROBLEM_TYPE_PREFIX}[a-zA-Z0-9_.:-]+$` },
      title: text,
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: { type: 'string', description: 'What was wrong, where, and the fix' },
      errors: list(named('ParameterProblem')),
      details: { type: 'object' },
    }),
  },
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
      retryOf: { type: 'string', description: 'The task this one was started again from' },
      createdAt: time,
      startedAt: time,
      finishedAt: time,
      cancelRequested: { type: 'boolean' },
      attempt: { type: 'integer', minimum: 1 },
      seq: { ...seq, description: 'Of the newest event that this includes' },
    },
  ),
  TaskPage: object(['tasks'], {
    tasks: list(named('Task')),
    nextCursor: { type: 'string', description: 'Absent on the last page' },
  }),
  EnqueueRequest: {
    ...object(['name', 'params'], {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      params: { type: 'object' },
      idempotencyKey: {
        type: 'string',
        minLength: 1,
        maxLength: 200,
        description: 'The same key again gives the same task',
      },
      tags: { type: 'array', maxItems: 20, items: { type: 'string', minLength: 1, maxLength: 100 } },
    }),
    additionalProperties: false,
  },
  EventFilter: {
    ...object(['cursors'], {
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
          event('features', { features: list(named('Feature')) }),
          event('succeeded', { result: {} }),
          event('failed', { error: named('TaskError') }),
          event('cancelled', {}),
        ],
      },
    ],
  },
} satisfies Record<string, Schema>;
