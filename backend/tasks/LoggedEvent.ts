import type {
  BuiltSummary,
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
  /** `features`: an attempt begins, and nothing is built yet. */
  | { type: 'snapshot'; change: Partial<TaskSnapshot>; features?: [] }
  | { type: 'progress'; progress: TaskProgress }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string }
  /** `text` is the JSON of the features, where it is at hand. */
  | { type: 'features'; features: GeoFeature[]; text?: string; built?: BuiltSummary }
  | { type: 'items'; items: TaskItem[] }
  | { type: 'succeeded'; result: unknown }
  | { type: 'failed'; error: TaskError }
  | { type: 'cancelled'; cancelledBy?: string; cancelRequestedAt?: string };

/** An event about progress counts as so many characters. */
const PROGRESS_CHARS = 250;

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
  /** Sums up the features of the attempt up to this event, where it has some. */
  readonly built: Json<BuiltSummary> | undefined;
  readonly #whole: Json<TaskEvent>;
  #size: number | undefined;

  private constructor(
    head: EventHead,
    whole: Json<TaskEvent>,
    features?: Json<GeoFeature[]>,
    built?: Json<BuiltSummary>,
  ) {
    this.taskId = head.taskId;
    this.seq = head.seq;
    this.at = head.at;
    this.attempt = head.attempt;
    this.type = head.type;
    this.features = features;
    this.built = built;
    this.#whole = whole;
  }

  /** An event that this process made. It must not be changed afterwards. */
  static of(event: TaskEvent): LoggedEvent {
    const features = 'features' in event ? event.features : undefined;
    const built = event.type === 'features' ? event.built : undefined;
    return new LoggedEvent(
      event,
      jsonOfValue(event),
      features && jsonOfValue(features),
      built && jsonOfValue(built),
    );
  }

  /** An event that this process made, with the text of its features, so that they are written as JSON only once. */
  static ofFeatures(event: Extract<TaskEvent, { type: 'features' }>, text: string): LoggedEvent {
    const { features, built } = event;
    const whole: Json<TaskEvent> = {
      value: event,
      get text() {
        const rest = built ? `,"built":${JSON.stringify(built)}` : '';
        return withMembers(event, `"features":${text}${rest}`);
      },
    };
    return new LoggedEvent(event, whole, { value: features, text }, built && jsonOfValue(built));
  }

  /**
   * An event that came as text. `members` is the JSON of what it has beyond its head, without braces:
   * '"progress":{...}', or '' where it has nothing. `features` and `built` are among the members.
   */
  static ofText(
    head: EventHead,
    members: string,
    features?: Json<GeoFeature[]>,
    built?: Json<BuiltSummary>,
  ): LoggedEvent {
    return new LoggedEvent(head, jsonOfText(withMembers(head, members)), features, built);
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

  /** About the number of characters that the event has as JSON. */
  get size(): number {
    // Most events are about progress. They are small, and writing each of them as JSON would cost much.
    this.#size ??= this.type === 'progress' ? PROGRESS_CHARS : (this.features?.text ?? this.json).length;
    return this.#size;
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
