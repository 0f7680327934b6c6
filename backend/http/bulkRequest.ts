import { BULK_ACTIONS, type BulkRequest, MAX_BULK_IDS } from '../../src/contract/index.ts';
import { MAX_ID, parseKey } from './fields.ts';
import { fieldProblem, invalidRequest } from './problem.ts';
import { filterOfBody } from './taskFilter.ts';

/** Body of `POST /tasks/bulk`: `{ action, filter, ids, idempotencyKey }`, with `filter` or `ids`. Refuses what is wrong, by its name. */
export function parseBulkRequest(fields: Map<string, unknown>): BulkRequest {
  const [filter, ids] = [fields.get('filter'), fields.get('ids')];
  const action = BULK_ACTIONS.find((known) => known === fields.get('action'));
  if (!action) {
    const expected = BULK_ACTIONS.map((known) => `"${known}"`).join(', ');
    throw invalidRequest(fieldProblem('action', 'not-allowed', expected));
  }
  if ((filter === undefined) === (ids === undefined)) {
    throw invalidRequest(fieldProblem('filter', 'missing', 'given, or "ids" in its place, and not both'));
  }
  const idempotencyKey = parseKey(fields);
  return {
    action,
    ...(ids === undefined ? { filter: filterOfBody(filter) } : { ids: parseIds(ids, MAX_BULK_IDS) }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

/** The field `ids` of a body: 1 to `most` ids of tasks. */
export function parseIds(value: unknown, most: number): string[] {
  const ids: unknown[] = Array.isArray(value) ? value : [];
  const isId = (id: unknown): id is string => typeof id === 'string' && id.length >= 1 && id.length <= MAX_ID;
  if (ids.length < 1 || ids.length > most || !ids.every(isId)) {
    throw invalidRequest(fieldProblem('ids', 'wrong-type', `a list of 1 to ${most} ids of tasks`));
  }
  return ids;
}
