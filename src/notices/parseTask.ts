import { type BoundingBox, isRecord, TASK_STATUSES, type TaskSnapshot } from '../contract/index.ts';

/** A server allows as many. */
const MOST_TAGS = 20;

/**
 * A task as a notice can show it. A host's own client may list anything: what cannot be read is left out. Undefined for what
 * is no task.
 */
export function parseTask(value: unknown): TaskSnapshot | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name, params, owner, createdAt, cancelledBy, seq, tags } = value;
  const status = TASK_STATUSES.find((known) => known === value.status);
  if (typeof id !== 'string' || !status) return undefined;
  const items = parseItems(value.items);
  const error = parseError(value.error);
  const bbox = isRecord(value.built) ? parseBox(value.built.bbox) : undefined;
  return {
    id,
    name: textOf(name),
    queue: textOf(value.queue),
    status,
    progress: parseProgress(value.progress),
    params: isRecord(params) ? params : {},
    owner: textOf(owner),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string').slice(0, MOST_TAGS) : [],
    createdAt: textOf(createdAt),
    attempt: 1,
    seq: numberOf(seq) ?? 0,
    ...(items && { items }),
    ...(error && { error }),
    ...(bbox && { built: { count: 0, tables: [], bbox } }),
    ...(typeof cancelledBy === 'string' && { cancelledBy }),
  };
}

function parseProgress(value: unknown): TaskSnapshot['progress'] {
  const { percent, step, message, done, total } = isRecord(value) ? value : {};
  const [doneUnits, totalUnits] = [numberOf(done), numberOf(total)];
  return {
    percent: numberOf(percent) ?? null,
    step: numberOf(step) ?? null,
    message: textOf(message),
    ...(doneUnits !== undefined && { done: doneUnits }),
    ...(totalUnits !== undefined && { total: totalUnits }),
  };
}

function parseError(value: unknown): TaskSnapshot['error'] {
  if (!isRecord(value)) return undefined;
  const { code, message, details } = value;
  return { code: textOf(code), message: textOf(message), ...(isRecord(details) && { details }) };
}

function parseItems(value: unknown): TaskSnapshot['items'] | undefined {
  if (!isRecord(value)) return undefined;
  const [ok, failed] = [numberOf(value.ok), numberOf(value.failed)];
  return ok === undefined || failed === undefined ? undefined : { ok, failed, failures: [] };
}

function parseBox(value: unknown): BoundingBox | undefined {
  if (!Array.isArray(value)) return undefined;
  const [west, south, east, north] = value.map(numberOf);
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return undefined;
  return [west, south, east, north];
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
