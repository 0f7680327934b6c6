// Reads, for the client of the Reflex protocol, what a server sends. Servers differ: ours, the template in Python, and
// services that grew from it. So it takes what fits, and names what does not.
import { isRecord } from '../../../contract/index.ts';
import type { SentTask } from '../../known/SentTask.ts';

/** A message that was read. `tasks`: all tasks of the client token, by id. */
export type Message =
  | { kind: 'tasks'; tasks: Map<string, SentTask>; unreadable: number }
  | { kind: 'task'; id: string | undefined; task: SentTask }
  | { kind: 'error'; message: string }
  | { kind: 'unreadable'; reason: string };

/** A longer message is not read, in UTF-16 units. The state of 1,000 tasks of our server has at most half of it. */
const MAX_MESSAGE = 8 * 2 ** 20;
/** So many tasks of one message are read. Our server sends at most 1,000. */
const MAX_TASKS = 10_000;
const MAX_STATUS = 2_000;
const MAX_NAME = 200;
/** A time before the year 2000 is no Unix time. */
const LEAST_MS = Date.UTC(2000, 0);
const MOST_MS = Date.UTC(9999, 0);

const STATES: readonly unknown[] = ['state_update', 'initial_state', 'status_update'];

/** Reads a message of a WebSocket. It throws nothing. */
export function readMessage(data: unknown): Message {
  if (typeof data !== 'string') return { kind: 'unreadable', reason: 'a message that is not text' };
  if (data.length > MAX_MESSAGE) {
    return { kind: 'unreadable', reason: `a message of more than ${MAX_MESSAGE} characters` };
  }
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { kind: 'unreadable', reason: 'a message that is not JSON' };
  }
  if (!isRecord(value)) return { kind: 'unreadable', reason: 'a message that is no object' };
  const { type } = value;
  if (type === 'error') return { kind: 'error', message: textOf(value.message) || 'no reason given' };
  if (!STATES.includes(type)) {
    return { kind: 'unreadable', reason: `a message of type ${textOf(type) || 'unknown'}`.slice(0, 99) };
  }
  return readBody(isRecord(value.data) ? value.data : value);
}

/** Reads the answer of a call, which is a message without its type. */
export function readBody(value: Record<string, unknown>): Message {
  if (isRecord(value.all_tasks)) return readTasks(value.all_tasks);
  const task = readTask(value);
  if (task) return { kind: 'task', id: idOf(value.id) ?? idOf(value.task_id), task };
  const { error } = value;
  if (error !== undefined)
    return { kind: 'error', message: textOf(isRecord(error) ? error.message : error) || 'an error' };
  return { kind: 'unreadable', reason: 'a state without "all_tasks" and without "status"' };
}

function readTasks(given: Record<string, unknown>): Message {
  const tasks = new Map<string, SentTask>();
  let unreadable = 0;
  for (const [id, value] of Object.entries(given)) {
    const task = tasks.size < MAX_TASKS && isRecord(value) ? readTask(value) : undefined;
    if (task) tasks.set(id, task);
    else unreadable += 1;
  }
  return { kind: 'tasks', tasks, unreadable };
}

function readTask(value: Record<string, unknown>): SentTask | undefined {
  const { status, progress, created_at, name, error } = value;
  if (typeof status !== 'string') return undefined;
  const createdAtMs = typeof created_at === 'number' ? created_at * 1_000 : Number.NaN;
  return {
    status: status.slice(0, MAX_STATUS),
    percent:
      typeof progress === 'number' && Number.isFinite(progress) ? Math.min(100, Math.max(0, progress)) : null,
    ...(createdAtMs >= LEAST_MS && createdAtMs <= MOST_MS && { createdAtMs }),
    ...(typeof name === 'string' && name !== '' && { name: name.slice(0, MAX_NAME) }),
    ...(value.result !== undefined && value.result !== null && { result: value.result }),
    ...(typeof error === 'string' && error !== '' && { error: error.slice(0, MAX_STATUS) }),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_STATUS) : '';
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined;
}
