import { jsonOfText } from '../../../../backend/common/JsonText.ts';
import { cancellationOf } from '../../../../backend/tasks/applyEvent.ts';
import { LoggedEvent, type NewEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import type { BuiltSummary, GeoFeature, TaskSnapshot } from '../../../../src/contract/index.ts';

/** An event on its way to Redis: the arguments of APPEND_SCRIPT. */
export type EncodedEvent = [
  type: string,
  at: string,
  data: string,
  progress: string,
  built: string,
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
      return ['snapshot', at, data, fresh, '', event.features ? 'r' : ''];
    }
    case 'progress':
      return ['progress', at, '', json(event.progress), '', ''];
    case 'features':
      // The text is sent once: the flag says that it belongs to the list of features as well.
      return [
        'features',
        at,
        event.text ?? json(event.features),
        '',
        event.built ? json(event.built) : '',
        'f',
      ];
    case 'items':
      return ['items', at, json(event.items), '', '', ''];
    case 'log':
      return ['log', at, json({ level: event.level, message: event.message }), '', '', ''];
    case 'succeeded':
      return ['succeeded', at, json(event.result), '', '', 'e'];
    case 'failed':
      return ['failed', at, json(event.error), '', '', 'e'];
    case 'cancelled':
      return ['cancelled', at, json(cancellationOf(event)), '', '', 'e'];
  }
}

/** Encodes that the next attempt waits in the queue. It is left out if the attempt runs already. */
export function encodeQueuedAgain(task: TaskSnapshot): EncodedEvent {
  const { status, attempt, progress } = task;
  const event = encodeEvent({ type: 'snapshot', change: { status, attempt, progress }, features: [] }, task);
  event[5] += 'n';
  return event;
}

/**
 * An event as it was logged. Its JSON is put together from the texts of the log, and only a snapshot is parsed, because
 * the log knows some of its fields better. `progress` of features is the sum of what was built. Undefined: it is of a later
 * version of this server.
 */
export function decodeEvent(
  taskId: string,
  logged: { seq: number; attempt: number; type: string; at: string; progress: string; data: string },
): LoggedEvent | undefined {
  const { seq, attempt, at, type, progress, data } = logged;
  const head = { taskId, seq, at, attempt };
  switch (type) {
    case 'snapshot': {
      const { task, features }: { task: Omit<TaskSnapshot, 'progress' | 'seq'>; features?: GeoFeature[] } =
        JSON.parse(data);
      return LoggedEvent.of({
        ...head,
        type,
        task: { ...task, attempt, progress: JSON.parse(progress), seq },
        ...(features && { features }),
      });
    }
    case 'progress':
      return LoggedEvent.ofText({ ...head, type }, `"progress":${progress}`);
    case 'features': {
      const members = progress === '' ? `"features":${data}` : `"features":${data},"built":${progress}`;
      const built = progress === '' ? undefined : jsonOfText<BuiltSummary>(progress);
      return LoggedEvent.ofText({ ...head, type }, members, jsonOfText(data), built);
    }
    case 'items':
      return LoggedEvent.ofText({ ...head, type }, `"items":${data}`);
    case 'log':
      return LoggedEvent.ofText({ ...head, type }, data.slice(1, -1));
    case 'succeeded':
      return LoggedEvent.ofText({ ...head, type }, `"result":${data}`);
    case 'failed':
      return LoggedEvent.ofText({ ...head, type }, `"error":${data}`);
    case 'cancelled':
      // A worker of an earlier version logs no data.
      return LoggedEvent.ofText({ ...head, type }, data.slice(1, -1));
    default:
      return undefined;
  }
}

/**
 * A message of a task's channel: an event, or the number of one that is too large to be published. Undefined: it is of a
 * later version of this server.
 */
export function decodeMessage(taskId: string, message: string): LoggedEvent | { large: number } | undefined {
  const [seq, attempt, type = '', at = '', progress = '', ...data] = message.split('\n');
  if (type === 'large') return { large: Number(seq) };
  return decodeEvent(taskId, {
    seq: Number(seq),
    attempt: Number(attempt),
    type,
    at,
    progress,
    data: data.join('\n'),
  });
}
