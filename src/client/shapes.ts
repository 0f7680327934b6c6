// Checks, for the client of every protocol, what all servers send: tasks, pages of tasks, and errors.
import {
  type Geometry,
  type ItemFailure,
  type ItemSummary,
  isRecord,
  type ParameterProblem,
  type Problem,
  TASK_STATUSES,
  type TaskError,
  type TaskPage,
  type TaskProgress,
  type TaskSnapshot,
} from '../contract/index.ts';
import { TaskClientError } from './TaskClientError.ts';

/**
 * A check for data that comes over the wire. It checks in place: it copies nothing and keeps unknown fields. An object
 * loses a field that does not fit and may be absent. Any other field that does not fit throws an 'invalid-response' that
 * names it.
 */
export type Shape<T> = (value: unknown) => value is T;

/** The value that `json` holds, once it is known to have the shape. */
export function parse<T>(shape: Shape<T>, json: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The text is not JSON, so no shape fits.
  }
  return shape(value) ? value : misfit(json);
}

function misfit(what: string): never {
  throw new TaskClientError({
    code: 'invalid-response',
    message: `Unexpected ${what.slice(0, 99)}`,
  });
}

export const anything: Shape<unknown> = (value): value is unknown => true;
export const text: Shape<string> = (value) => typeof value === 'string';
export const number: Shape<number> = (value): value is number => Number.isFinite(value);
const numberOrNull: Shape<number | null> = (value) => value === null || number(value);

export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

export const oneOf =
  <T>(...allowed: readonly T[]): Shape<T> =>
  (value): value is T =>
    (allowed as readonly unknown[]).includes(value);

export const listOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(shape);

export function object<T extends object>(shapes: { [K in keyof Required<T>]: Shape<T[K]> }): Shape<T> {
  const fields: [string, Shape<unknown>][] = Object.entries(shapes);
  return (value): value is T =>
    isRecord(value) &&
    fields.every(
      ([name, shape]) => shape(value[name]) || (shape(undefined) && delete value[name]) || misfit(name),
    );
}

const numberOrMissing = optional(number);

// This shape is written out, because it is checked for every event of a progress.
export const progress: Shape<TaskProgress> = (value): value is TaskProgress =>
  isRecord(value) &&
  numberOrNull(value.percent) &&
  numberOrNull(value.step) &&
  text(value.message) &&
  numberOrMissing(value.stepCount) &&
  numberOrMissing(value.done) &&
  numberOrMissing(value.total);

const parameters = listOf(
  object<ParameterProblem>({ parameter: text, code: text, message: text, expected: optional(text) }),
);

export const taskError = object<TaskError>({
  code: text,
  message: text,
  details: optional(isRecord),
  parameters: optional(parameters),
});

export const geometry: Shape<Geometry> = (value): value is Geometry =>
  // The map decides which kinds of geometry it draws.
  isRecord(value) && Array.isArray(value.coordinates);

export const itemFailure = object<ItemFailure>({
  id: text,
  code: text,
  message: text,
  geometry: optional(geometry),
});

// Nothing of the client reads `built` and `waiting`, so they are not checked: `waitingOf` reads the latter.
// `cancelRequested` is compared with true.
type Checked = Omit<TaskSnapshot, 'built' | 'waiting' | 'cancelRequested'>;
export const taskSnapshot: Shape<TaskSnapshot> = object<Checked>({
  id: text,
  name: text,
  queue: text,
  status: oneOf(...TASK_STATUSES),
  progress,
  params: isRecord,
  result: anything,
  error: optional(taskError),
  owner: text,
  tags: listOf(text),
  items: optional(object<ItemSummary>({ ok: number, failed: number, failures: listOf(itemFailure) })),
  ignoredParams: optional(listOf(text)),
  retryOf: optional(text),
  createdAt: text,
  startedAt: optional(text),
  finishedAt: optional(text),
  cancelledBy: optional(text),
  cancelRequestedAt: optional(text),
  designChangedAt: optional(text),
  designDeletedAt: optional(text),
  designPostedAt: optional(text),
  attempt: number,
  seq: number,
});

/** `watchCursor` is not checked: a client only sends it back. */
export const taskPage: Shape<TaskPage> = object<Omit<TaskPage, 'watchCursor'>>({
  tasks: listOf(taskSnapshot),
  nextCursor: optional(text),
});

/** The fields of a problem that the client uses. A problem of another server (RFC 9457) may have no others. */
export const problem = object<Pick<Problem, 'type' | 'detail' | 'errors' | 'details'>>({
  type: text,
  detail: text,
  errors: optional(parameters),
  details: optional(isRecord),
});
