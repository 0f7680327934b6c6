import type {
  GeoFeature,
  TaskError,
  TaskEvent,
  TaskEventType,
  TaskItem,
  TaskProgress,
  TaskSnapshot,
  TerminalStatus,
} from '../../src/contract/index.ts';
import { type Json, jsonOfText, jsonOfValue } from '../common/JsonText.ts';

/** An event before the log gives it its number and time. */
export type NewEvent =
  | { type: 'snapshot'; change: Partial<TaskSnapshot>; features?: GeoFeature[] }
  | { type: 'progress'; progress: TaskProgress }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string }
  | { type: 'features'; features: GeoFeature[] }
  | { type: 'items'; items: TaskItem[] }
  | { type: 'succeeded'; result: unknown }
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled' };

export type TerminalEvent = Extract<NewEvent, { type: TerminalStatus }>;

/** The fields that every event has, whatever its type. */
export interface EventHead {
  taskId: string;
  seq: number;
  at: string;
  attempt: number;
  type: TaskEventType;
}

/**
 * One event of a task's log, for logs, readers and protocols. It carries the event, its JSON text, or both: an event that
 * came from Redis as text goes out to clients as text, and no process on the way parses it.
 *
 * @example
 * const frame = `id: ${logged.seq}\ndata: ${logged.json}\n\n`;
 */
export class LoggedEvent implements EventHead {
  readonly taskId: string;
  readonly seq: number;
  readonly at: string;
  readonly attempt: number;
  readonly type: TaskEventType;
  /** The features of an event that has some. */
  readonly features: Json<GeoFeature[]> | undefined;
  readonly #whole: Json<TaskEvent>;

  private constructor(head: EventHead, whole: Json<TaskEvent>, features: Json<GeoFeature[]> | undefined) {
    this.taskId = head.taskId;
    this.seq = head.seq;
    this.at = head.at;
    this.attempt = head.attempt;
    this.type = head.type;
    this.features = features;
    this.#whole = whole;
  }

  /** An event that this process made. It must not be changed afterwards. */
  static of(event: TaskEvent): LoggedEvent {
    const features = 'features' in event ? event.features : undefined;
    return new LoggedEvent(event, jsonOfValue(event), features && jsonOfValue(features));
  }

  /**
   * An event that came as text. `members` is the JSON of what it has beyond its head, without braces:
   * '"progress":{...}', or '' where it has nothing. `features` are among the members.
   */
  static ofText(head: EventHead, members: string, features?: Json<GeoFeature[]>): LoggedEvent {
    return new LoggedEvent(head, jsonOfText(withMembers(head, members)), features);
  }

  /** The state of a task as an event, with the features that were built so far, where there may be some. */
  static snapshot(
    head: Omit<EventHead, 'type'>,
    task: TaskSnapshot,
    features: Json<GeoFeature[]> | undefined,
  ): LoggedEvent {
    if (!features) return LoggedEvent.of({ ...head, type: 'snapshot', task });
    const whole: Json<TaskEvent> = {
      get value(): TaskEvent {
        return { ...head, type: 'snapshot', task, features: features.value };
      },
      get text() {
        const members = `"task":${JSON.stringify(task)},"features":${features.text}`;
        return withMembers({ ...head, type: 'snapshot' }, members);
      },
    };
    return new LoggedEvent({ ...head, type: 'snapshot' }, whole, features);
  }

  /** The event. Each call parses it where it came as text. */
  get event(): TaskEvent {
    return this.#whole.value;
  }

  /** The event as JSON. Each call writes it where the event did not come as text. */
  get json(): string {
    return this.#whole.text;
  }
}

function withMembers({ taskId, seq, at, attempt, type }: EventHead, members: string): string {
  const head = JSON.stringify({ taskId, seq, at, attempt, type });
  return members === '' ? head : `${head.slice(0, -1)},${members}}`;
}
