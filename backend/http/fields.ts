import {
  type EnqueueRequest,
  MAX_WORKFLOW_NODES,
  type NodesToRetry,
  type ParameterProblem,
  type RetryRequest,
} from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import type { CursorFilter, WatchFilter } from '../tasks/TaskEngine.ts';
import { fieldProblem, invalidRequest } from './problem.ts';
import { filterOfBody } from './taskFilter.ts';

/** Characters of the id of a task. */
export const MAX_ID = 100;
const MAX_FOLLOWED = 500;
const MAX_KEY = 200;
const MAX_AFTER = 200;
const MAX_NODE_KEY = 95;

/** Body of `POST /tasks`; the params are the engine's to judge. Refuses with every field that is wrong. */
export function parseEnqueueRequest(fields: Map<string, unknown>): EnqueueRequest {
  const problems: ParameterProblem[] = [];
  const name = fields.get('name');
  const params = fields.get('params');
  const idempotencyKey = fields.get('idempotencyKey');
  const tags = fields.get('tags');
  if (!isText(name, 100)) problems.push(problemOf(fields, 'name', 'the name of a task, 1 to 100 characters'));
  if (!isRecord(params)) problems.push(problemOf(fields, 'params', 'an object of parameters by name'));
  if (idempotencyKey !== undefined && !isText(idempotencyKey, MAX_KEY)) {
    problems.push(keyProblem(fields));
  }
  if (
    tags !== undefined &&
    !(Array.isArray(tags) && tags.length <= 20 && tags.every((tag) => isText(tag, 100)))
  ) {
    problems.push(problemOf(fields, 'tags', 'at most 20 texts of 1 to 100 characters, or left out'));
  }
  const [first, ...rest] = problems;
  if (first) throw invalidRequest(first, ...rest);
  if (!isText(name, 100) || !isRecord(params)) throw invalidRequest(problemOf(fields, 'name', 'text'));
  return {
    name,
    params,
    ...(isText(idempotencyKey, MAX_KEY) && { idempotencyKey }),
    ...(Array.isArray(tags) && { tags: tags.map(String) }),
  };
}

function keyProblem(fields: Map<string, unknown>): ParameterProblem {
  return problemOf(fields, 'idempotencyKey', `text of 1 to ${MAX_KEY} characters, or left out`);
}

/** The header `Idempotency-Key`, with or without the quotes of the standard's draft. Undefined where it is absent. */
export function parseIdempotencyKey(header: string | null): string | undefined {
  if (header === null) return undefined;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (isText(key, MAX_KEY)) return key;
  throw invalidRequest(fieldProblem('Idempotency-Key', 'out-of-range', `text of 1 to ${MAX_KEY} characters`));
}

/** The field `idempotencyKey` of a body. */
export function parseKey(fields: Map<string, unknown>): string | undefined {
  const key = fields.get('idempotencyKey');
  if (key === undefined || isText(key, MAX_KEY)) return key;
  throw invalidRequest(keyProblem(fields));
}

/** Body of `POST /tasks/{id}/retry`: empty, or `{ items: 'failed', nodes, idempotencyKey }`, each of which may be left out. */
export function parseRetryRequest(fields: Map<string, unknown>): RetryRequest {
  const items = fields.get('items');
  if (items !== undefined && items !== 'failed') {
    throw invalidRequest(fieldProblem('items', 'not-allowed', '"failed", or left out to run the whole task'));
  }
  const nodes = parseNodes(fields.get('nodes'));
  const idempotencyKey = parseKey(fields);
  return {
    ...(items && { items }),
    ...(nodes && { nodes }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

/** The field `nodes` of a body: `{ from }` or `{ only }`, a list of keys. The workflow says if it has them. */
function parseNodes(value: unknown): NodesToRetry | undefined {
  if (value === undefined) return undefined;
  const [[which, given] = [], ...more] = isRecord(value) ? Object.entries(value) : [];
  const keys: unknown[] = Array.isArray(given) ? given : [];
  const isKey = (key: unknown): key is string => isText(key, MAX_NODE_KEY);
  if (more.length === 0 && keys.length >= 1 && keys.length <= MAX_WORKFLOW_NODES && keys.every(isKey)) {
    if (which === 'from') return { from: keys };
    if (which === 'only') return { only: keys };
  }
  const expected = `{ "from": [...] } or { "only": [...] } with 1 to ${MAX_WORKFLOW_NODES} keys of nodes, or left out`;
  throw invalidRequest(fieldProblem('nodes', 'wrong-type', expected));
}

/**
 * Body of `POST /tasks/events`: `{ cursors, filter, after }`, with `cursors` or `filter` or both. `cursors` is
 * `{ id: newest seq seen, or null }`. `after` goes with `filter` only.
 */
export function parseEventsRequest(fields: Map<string, unknown>): CursorFilter | WatchFilter {
  const [cursors, filter, after] = [fields.get('cursors'), fields.get('filter'), fields.get('after')];
  if (filter === undefined) {
    if (after === undefined) return { cursors: parseCursors(fields) };
    throw invalidRequest(fieldProblem('after', 'not-allowed', 'left out, or sent together with a "filter"'));
  }
  if (after !== undefined && !isText(after, MAX_AFTER)) {
    const expected = 'the watchCursor of a list, or the cursor of an event of a watch';
    throw invalidRequest(fieldProblem('after', 'wrong-type', expected));
  }
  return {
    filter: filterOfBody(filter),
    ...(after !== undefined && { after }),
    ...(cursors !== undefined && { cursors: parseCursors(fields) }),
  };
}

function parseCursors(fields: Map<string, unknown>): CursorFilter['cursors'] {
  const cursors = fields.get('cursors');
  if (!isRecord(cursors)) {
    throw invalidRequest(
      problemOf(
        fields,
        'cursors',
        'an object: the newest sequence number seen (or null) by task id; or send a "filter"',
      ),
    );
  }
  const entries = Object.entries(cursors);
  if (entries.length < 1 || entries.length > MAX_FOLLOWED) {
    throw invalidRequest(fieldProblem('cursors', 'out-of-range', `of 1 to ${MAX_FOLLOWED} tasks`));
  }
  const parsed: [string, number | null][] = entries.map(([id, cursor]) => {
    if (id.length > MAX_ID)
      throw invalidRequest(fieldProblem('cursors', 'out-of-range', 'by task ids, which are shorter'));
    if (cursor === null || isSeq(cursor)) return [id, cursor];
    throw invalidRequest(fieldProblem(`cursors.${id}`, 'wrong-type', 'an integer of at least 0, or null'));
  });
  return Object.fromEntries(parsed);
}

/** A whole number in a query or header, within bounds; undefined where it is absent. */
export function parseWhole(
  text: string | null | undefined,
  parameter: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  if (text === null || text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const expected =
    max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`;
  throw invalidRequest(
    fieldProblem(parameter, Number.isNaN(value) ? 'wrong-type' : 'out-of-range', expected),
  );
}

/** The size of a page in a query: more than the largest page means the largest. Undefined where it is absent. */
export function parseLimit(text: string | null | undefined, largest: number): number | undefined {
  const limit = parseWhole(text, 'limit', { min: 1, max: Number.MAX_SAFE_INTEGER });
  return limit === undefined ? undefined : Math.min(limit, largest);
}

/** A text in a query; undefined where it is absent. */
export function parseText(text: string | undefined, parameter: string, limit: number): string | undefined {
  if (text === undefined || text.length <= limit) return text;
  throw invalidRequest(fieldProblem(parameter, 'out-of-range', `at most ${limit} characters long`));
}

function problemOf(fields: Map<string, unknown>, name: string, expected: string): ParameterProblem {
  return fieldProblem(name, fields.get(name) === undefined ? 'missing' : 'wrong-type', expected);
}

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= limit;
}

function isSeq(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
