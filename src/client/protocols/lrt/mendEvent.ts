// Reads, for the client of the LRT protocol, the events that do not fit its shapes. Such events are rare, so this file
// is loaded on demand.
import { isRecord, isTerminal, TASK_STATUSES } from '../../../contract/index.ts';
import { geometry, itemFailure, taskError } from '../../shapes.ts';

type Fields = Record<string, unknown>;
/** Notes what was left out: 'features[3].geometry'. */
type LeaveOut = (what: string) => void;

/** More names than these are only counted. */
const MAX_NAMES = 5;

/**
 * Leaves out of an event what the client does not understand: a feature without a geometry, a figure that is none, a
 * level or a status that there is not. A missing field gets a neutral value. The result still has to be checked: an event
 * of another task stays one.
 *
 * @example
 * mendEvent('{"taskId":"t1","type":"log","level":"fatal","message":"wet"}', 't1');
 * // { data: '{"taskId":"t1","type":"log","level":"info","message":"wet",...}', leftOut: 'level' }
 */
export function mendEvent(json: string, taskId: string): { data: string; leftOut: string } {
  const event: unknown = JSON.parse(json);
  const names: string[] = [];
  if (!isRecord(event)) return { data: json, leftOut: '' };
  const leaveOut: LeaveOut = (what) => void names.push(what);
  // A server may count its tasks with numbers.
  if (event.taskId === Number(taskId)) event.taskId = taskId;
  if (typeof event.at !== 'string') event.at = new Date().toISOString();
  if (!isNumber(event.attempt)) event.attempt = 1;
  const { type } = event;
  // The end of a task counts whatever its number is.
  if (isTerminal(`${type}`) && !isNumber(event.seq)) event.seq = 0;
  if (type === 'progress') event.progress = progressOf(event.progress, leaveOut);
  if (type === 'snapshot' && isRecord(event.task)) mendTask(event.task, leaveOut, taskId);
  if (type === 'snapshot' || type === 'features') mendFeatures(event, leaveOut);
  if (type === 'items') mendItems(event, leaveOut);
  if (type === 'log') mendLog(event, leaveOut);
  if (type === 'failed') event.error = errorOf(event.error, leaveOut) ?? { code: type, message: type };
  const more = names.length - MAX_NAMES;
  const leftOut = names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return { data: JSON.stringify(event), leftOut };
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function progressOf(given: unknown, leaveOut: LeaveOut): Fields {
  if (!isRecord(given)) leaveOut('progress');
  const { percent, step, message, ...rest } = isRecord(given) ? given : {};
  const numberOrNull = (value: unknown, name: string) => {
    if (isNumber(value)) return value;
    if (value !== undefined && value !== null) leaveOut(`progress.${name}`);
    return null;
  };
  if (message !== undefined && typeof message !== 'string') leaveOut('progress.message');
  for (const name of ['stepCount', 'done', 'total']) {
    const value = rest[name];
    if (value === undefined || isNumber(value)) continue;
    delete rest[name];
    if (value !== null) leaveOut(`progress.${name}`);
  }
  return {
    ...rest,
    percent: numberOrNull(percent, 'percent'),
    step: numberOrNull(step, 'step'),
    message: typeof message === 'string' ? message : '',
  };
}

function mendTask(task: Fields, leaveOut: LeaveOut, taskId: string): void {
  if (task.id === Number(taskId)) task.id = taskId;
  task.progress = progressOf(task.progress, leaveOut);
  // A status that there is not belongs to a newer server. An event of its own says how the task ends.
  give(task, 'status', 'running', (value) => TASK_STATUSES.some((one) => one === value), leaveOut);
  give(task, 'params', {}, isRecord, leaveOut);
  give(task, 'tags', [], isTextList, leaveOut);
  give(task, 'attempt', 1, isNumber, leaveOut);
  give(task, 'seq', 0, isNumber, leaveOut);
  for (const name of ['name', 'queue', 'owner', 'createdAt']) give(task, name, '', isText, leaveOut);
  for (const name of ['retryOf', 'startedAt', 'finishedAt', 'cancelledBy', 'cancelRequestedAt'])
    give(task, name, undefined, isText, leaveOut);
  for (const name of ['designChangedAt', 'designDeletedAt', 'designPostedAt'])
    give(task, name, undefined, isText, leaveOut);
  give(task, 'ignoredParams', undefined, isTextList, leaveOut);
  give(task, 'cancelRequested', undefined, (value) => typeof value === 'boolean', leaveOut);
  give(task, 'items', undefined, isItemSummary, leaveOut);
  task.error = errorOf(task.error, leaveOut);
}

/** Replaces what does not fit. A field that is null or missing gets no note. */
function give(
  owner: Fields,
  name: string,
  neutral: unknown,
  fits: (value: unknown) => boolean,
  leaveOut: LeaveOut,
): void {
  const value = owner[name];
  if (fits(value)) return;
  owner[name] = neutral;
  if (value !== undefined && value !== null) leaveOut(`task.${name}`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isItemSummary(value: unknown): boolean {
  return (
    isRecord(value) &&
    isNumber(value.ok) &&
    isNumber(value.failed) &&
    Array.isArray(value.failures) &&
    value.failures.every((failure) => fits(itemFailure, failure))
  );
}

/** True where a shape of the client takes the value. A shape of objects throws where it does not. */
function fits(shape: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return shape(value);
  } catch {
    return false;
  }
}

function mendFeatures(event: Fields, leaveOut: LeaveOut): void {
  const { features } = event;
  if (features === undefined) return;
  if (!Array.isArray(features)) {
    leaveOut('features');
    delete event.features;
    if (event.type === 'features') event.features = [];
    return;
  }
  event.features = features.flatMap((feature: unknown, index): Fields[] => {
    const where = `features[${index}]`;
    const id = isRecord(feature) ? textOfId(feature.id) : undefined;
    if (!isRecord(feature) || feature.type !== 'Feature' || id === undefined) {
      leaveOut(where);
      return [];
    }
    if (!fits(geometry, feature.geometry)) {
      // GeoJSON allows a feature without a geometry. There is nothing to draw.
      leaveOut(`${where}.geometry`);
      return [];
    }
    const { table, name, ...rest } = isRecord(feature.properties) ? feature.properties : {};
    const properties = { ...rest, table: isText(table) ? table : '', ...(isText(name) && { name }) };
    return [{ ...feature, id, properties }];
  });
}

function textOfId(id: unknown): string | undefined {
  return isText(id) ? id : isNumber(id) ? `${id}` : undefined;
}

function mendItems(event: Fields, leaveOut: LeaveOut): void {
  const { items } = event;
  if (!Array.isArray(items)) leaveOut('items');
  const list: unknown[] = Array.isArray(items) ? items : [];
  event.items = list.flatMap((item, index): Fields[] => {
    const id = isRecord(item) ? textOfId(item.id) : undefined;
    if (!isRecord(item) || id === undefined) {
      leaveOut(`items[${index}]`);
      return [];
    }
    if (item.ok === true) return [{ ...item, id }];
    const { geometry: place, ...rest } = item;
    if (place !== undefined && place !== null && !fits(geometry, place)) leaveOut(`items[${index}].geometry`);
    return [
      {
        ...rest,
        id,
        ok: false,
        code: isText(item.code) ? item.code : 'exception',
        message: isText(item.message) ? item.message : '',
        ...(fits(geometry, place) && { geometry: place }),
      },
    ];
  });
}

function mendLog(event: Fields, leaveOut: LeaveOut): void {
  const { level, message } = event;
  if (level !== 'info' && level !== 'warning' && level !== 'error') {
    if (level !== undefined) leaveOut('level');
    event.level = 'info';
  }
  if (isText(message)) return;
  leaveOut('message');
  event.message = '';
}

/** Why a task failed, as far as it can be read. */
function errorOf(given: unknown, leaveOut: LeaveOut): unknown {
  if (given === undefined || fits(taskError, given)) return given;
  leaveOut('error');
  if (!isRecord(given)) return undefined;
  const { code, message, details } = given;
  if (!isText(code) && !isText(message)) return undefined;
  return {
    code: isText(code) ? code : 'failed',
    message: isText(message) ? message : 'failed',
    ...(isRecord(details) && { details }),
  };
}
