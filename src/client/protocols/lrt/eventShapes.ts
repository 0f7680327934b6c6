// Reads, for the client of the LRT protocol, the events that its server sends of a task.
import {
  type GeoFeature,
  isRecord,
  type TaskEvent,
  type TaskEventType,
  type TaskItem,
  type TaskSnapshot,
} from '../../../contract/index.ts';
import type { StreamEvent } from '../../eventStream.ts';
import type { TaskReceiver } from '../../followTask.ts';
import {
  geometry,
  itemFailure,
  listOf,
  number,
  object,
  oneOf,
  optional,
  parse,
  progress,
  type Shape,
  taskError,
  taskSnapshot,
  text,
} from '../../shapes.ts';

const features = listOf(
  object<GeoFeature>({
    type: oneOf('Feature'),
    id: text,
    geometry,
    properties: object<GeoFeature['properties']>({ table: text, name: optional(text) }),
  }),
);

export const item: Shape<TaskItem> = (value): value is TaskItem =>
  isRecord(value) && (value.ok === true ? text(value.id) : itemFailure(value));

type Head = 'taskId' | 'seq' | 'at' | 'attempt' | 'type';
/** The client does not read who cancelled in the event: the snapshot has it. */
type EventBody<Type> = Omit<Extract<TaskEvent, { type: Type }>, Head | keyof Cancellation>;
type Cancellation = Pick<TaskSnapshot, 'cancelledBy' | 'cancelRequestedAt'>;

const bodies = new Map<unknown, Shape<unknown>>(
  Object.entries({
    snapshot: object({ task: taskSnapshot, features: optional(features) }),
    progress: (value): value is EventBody<'progress'> => isRecord(value) && progress(value.progress),
    log: object({ level: oneOf('info', 'warning', 'error'), message: text }),
    features: object({ features }),
    items: object({ items: listOf(item) }),
    // Any result will do, and a server may leave it out.
    succeeded: (value): value is EventBody<'succeeded'> => isRecord(value),
    failed: object({ error: taskError }),
    cancelled: isRecord,
  } satisfies { [Type in TaskEventType]: Shape<EventBody<Type>> }),
);

// The head is written out, because it is checked for every event: with `object` it takes a third of the time.
export const taskEvent: Shape<TaskEvent> = (value): value is TaskEvent =>
  isRecord(value) &&
  text(value.taskId) &&
  number(value.seq) &&
  text(value.at) &&
  number(value.attempt) &&
  !!bodies.get(value.type)?.(value);

/** Hands on an event of the task. Throws where it cannot be read. */
export function readEvent({ event, data }: StreamEvent, taskId: string, receiver: TaskReceiver): void {
  // An event type that this client does not know is newer than the client.
  if (!bodies.has(event)) return;
  receiver.event(parse((value): value is TaskEvent => taskEvent(value) && value.taskId === taskId, data));
}
