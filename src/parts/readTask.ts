import { isRecord, TASK_STATUSES, type TaskProgress, type TaskSnapshot } from '../contract/index.ts';

/** A longer text of a list is cut: a row has one line for it. In UTF-16 units. */
const MAX_TEXT = 500;
const TIMES = ['startedAt', 'finishedAt', 'cancelRequestedAt', 'designChangedAt', 'designDeletedAt'] as const;
const EPOCH = new Date(0).toISOString();

/**
 * Reads a task as the monitor needs it. A host's own client may give anything, and one bad task must not take the list away.
 * Undefined where it has no id or no status that is known; the rest gets a value that shows as nothing.
 */
export function readTask(value: unknown): TaskSnapshot | undefined {
  if (!isRecord(value)) return undefined;
  const { id, params, tags, items, error, waiting, built } = value;
  const status = TASK_STATUSES.find((known) => known === value.status);
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '' || !status) return undefined;
  const kept: Partial<TaskSnapshot> = {};
  for (const key of TIMES) {
    const at = value[key];
    if (typeof at === 'string' && !Number.isNaN(Date.parse(at))) kept[key] = at;
  }
  if (typeof value.cancelledBy === 'string') kept.cancelledBy = cut(value.cancelledBy);
  if (typeof value.retryOf === 'string') kept.retryOf = value.retryOf;
  if (value.cancelRequested === true) kept.cancelRequested = true;
  if (isRecord(error) && typeof error.code === 'string') {
    const details = isRecord(error.details) ? error.details : undefined;
    kept.error = { code: error.code, message: text(error.message), ...(details && { details }) };
  }
  if (isRecord(items)) kept.items = { ok: count(items.ok), failed: count(items.failed), failures: [] };
  if (isRecord(built)) {
    const bbox = isBox(built.bbox) ? built.bbox : undefined;
    kept.built = { count: count(built.count), tables: [], ...(bbox && { bbox }) };
  }
  if (isRecord(waiting)) kept.waiting = readWaiting(waiting);
  return {
    id: String(id),
    name: text(value.name),
    queue: text(value.queue),
    status,
    progress: readProgress(value.progress),
    params: isRecord(params) ? params : {},
    owner: text(value.owner),
    tags: Array.isArray(tags)
      ? tags
          .filter((tag) => typeof tag === 'string')
          .slice(0, 20)
          .map(cut)
      : [],
    createdAt: typeof value.createdAt === 'string' && Date.parse(value.createdAt) ? value.createdAt : EPOCH,
    attempt: Math.max(1, count(value.attempt)),
    seq: count(value.seq),
    ...kept,
  };
}

function readProgress(value: unknown): TaskProgress {
  const { percent, step, stepCount, message, done, total } = isRecord(value) ? value : {};
  return {
    percent: isNumber(percent) ? Math.min(100, Math.max(0, percent)) : null,
    step: isNumber(step) ? step : null,
    message: text(message),
    ...(isNumber(stepCount) && { stepCount }),
    ...(isNumber(done) && { done }),
    ...(isNumber(total) && { total }),
  };
}

function readWaiting(value: Record<string, unknown>): NonNullable<TaskSnapshot['waiting']> {
  const { reason, heldBy, startsInSeconds, notBefore, place, running, limit } = value;
  const known = (['worker', 'limit', 'exclusive', 'no-worker', 'later'] as const).find(
    (one) => one === reason,
  );
  const [from, to]: unknown[] = Array.isArray(startsInSeconds) ? startsInSeconds : [];
  return {
    reason: known ?? 'worker',
    queue: text(value.queue),
    ...(isNumber(place) && place >= 1 && { place }),
    ...(isNumber(running) && { running }),
    ...(isNumber(limit) && { limit }),
    ...(typeof notBefore === 'string' && { notBefore }),
    ...(isNumber(from) && isNumber(to) && { startsInSeconds: [from, to] as [number, number] }),
    ...(isRecord(heldBy) &&
      typeof heldBy.id === 'string' && { heldBy: { id: heldBy.id, name: text(heldBy.name) } }),
  };
}

function isBox(value: unknown): value is [number, number, number, number] {
  return Array.isArray(value) && value.length === 4 && value.every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const count = (value: unknown): number => (isNumber(value) && value > 0 ? value : 0);
const cut = (value: string): string => value.slice(0, MAX_TEXT);
const text = (value: unknown): string => (typeof value === 'string' ? cut(value) : '');
