import type { NewEvent } from '../../../../backend/tasks/EventLog.ts';
import {
  type GeoFeature,
  isTerminal,
  type TaskEvent,
  type TaskProgress,
  type TaskSnapshot,
} from '../../../../src/contract/index.ts';

/** An event on its way to Redis: the arguments of APPEND_SCRIPT. */
export type EncodedEvent = [
  type: string,
  at: string,
  data: string,
  progress: string,
  features: string,
  flags: string,
];

/** `task`: as it is after the event, for a snapshot. */
export function encodeEvent(event: NewEvent, task: TaskSnapshot): EncodedEvent {
  const at = new Date().toISOString();
  const json = (value: unknown) => JSON.stringify(value) ?? 'null';
  switch (event.type) {
    case 'snapshot': {
      const { progress, ...rest } = task;
      const data = json({ task: rest, ...(event.features && { features: event.features }) });
      // The log knows the progress best, but for an attempt that begins: its own.
      const fresh = event.features || event.change.progress ? json(progress) : '';
      const features = event.features && event.features.length > 0 ? json(event.features) : '';
      return ['snapshot', at, data, fresh, features, event.features ? 'r' : ''];
    }
    case 'progress':
      return ['progress', at, '', json(event.progress), '', ''];
    case 'features': {
      const features = json(event.features);
      return ['features', at, features, '', features, ''];
    }
    case 'items':
      return ['items', at, json(event.items), '', '', ''];
    case 'log':
      return ['log', at, json({ level: event.level, message: event.message }), '', '', ''];
    case 'succeeded':
      return ['succeeded', at, json(event.result), '', '', 'e'];
    case 'failed':
      return ['failed', at, json(event.error), '', '', 'e'];
    case 'cancelled':
      return ['cancelled', at, '', '', '', 'e'];
  }
}

/** Encodes that the next attempt waits in the queue. It is left out if the attempt runs already. */
export function encodeQueuedAgain(task: TaskSnapshot): EncodedEvent {
  const { status, attempt, progress } = task;
  const event = encodeEvent({ type: 'snapshot', change: { status, attempt, progress }, features: [] }, task);
  event[5] += 'n';
  return event;
}

/** An event as it was logged. Undefined: it is of a later version of this server. */
export function decodeEvent(
  taskId: string,
  logged: { seq: number; attempt: number; type: string; at: string; progress: string; data: string },
): TaskEvent | undefined {
  const { seq, attempt, at, type } = logged;
  const head = { taskId, seq, at, attempt };
  const progress = (): TaskProgress => JSON.parse(logged.progress);
  switch (type) {
    case 'snapshot': {
      const { task, features }: { task: Omit<TaskSnapshot, 'progress' | 'seq'>; features?: GeoFeature[] } =
        JSON.parse(logged.data);
      return {
        ...head,
        type,
        task: { ...task, attempt, progress: progress(), seq },
        ...(features && { features }),
      };
    }
    case 'progress':
      return { ...head, type, progress: progress() };
    case 'features':
      return { ...head, type, features: JSON.parse(logged.data) };
    case 'items':
      return { ...head, type, items: JSON.parse(logged.data) };
    case 'log':
      return { ...head, type, ...JSON.parse(logged.data) };
    case 'succeeded':
      return { ...head, type, result: JSON.parse(logged.data) };
    case 'failed':
      return { ...head, type, error: JSON.parse(logged.data) };
    default:
      return isTerminal(type) ? { ...head, type: 'cancelled' } : undefined;
  }
}

/** A message of a task's channel. */
export function decodeMessage(taskId: string, message: string): TaskEvent | undefined {
  const [seq, attempt, type = '', at = '', progress = '', ...data] = message.split('\n');
  return decodeEvent(taskId, {
    seq: Number(seq),
    attempt: Number(attempt),
    type,
    at,
    progress,
    data: data.join('\n'),
  });
}
