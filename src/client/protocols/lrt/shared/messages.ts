// The messages by which the tabs of an origin share one stream. Each page of the origin may post to their channel, so a
// message is parsed like an answer of a server.
import { isRecord, type TaskError } from '../../../../contract/index.ts';
import type { ConnectionState } from '../../../SystemClient.ts';
import { listOf, number, object, oneOf, optional, type Shape, taskError, text } from '../../../shapes.ts';

/**
 * The version of these messages. It is a part of the channel's name, so tabs of two versions never read each other's
 * messages: each version has a leader and a stream of its own.
 */
export const MESSAGES_VERSION = 1;

/** A task that a tab follows: the follower's number in its tab, the task, and the newest sequence number seen (-1: none). */
export type WantedTask = [follower: number, taskId: string, seen: number];

/**
 * A watch: the watcher's number in its tab, the filter as JSON, the cursor after which it goes on ('': from now on), and the
 * place of the last event that it was given (0, 0: none).
 */
export type WantedWatch = [watcher: number, filter: string, after: string, term: number, index: number];

/** The place of an event among all events of watches: the leader's term, and a number that grows with each event. */
export type Place = [term: number, index: number];

/** A position of the stream in a task's events: the next event is the one after `seen`. -1: a snapshot is next. */
export type Position = [taskId: string, seen: number];

/**
 * An event of the stream as it came, and its sequence number (-1: none can be read). For an event of a watch, `taskId` is ''
 * and `seq` the index of its place.
 */
export type SharedEvent = [taskId: string, type: string, data: string, seq: number];

/** A tab sends these to the leader. */
export type MemberMessage =
  /** All that the tab follows now. */
  | { type: 'want'; member: string; tasks: WantedTask[]; watches: WantedWatch[] }
  | { type: 'bye'; member: string }
  | { type: 'ping' };

/** The leader sends these. `term` grows with each leader: a message of an earlier one is dropped. */
export type LeaderMessage = { term: number } & (
  | { type: 'here' }
  /** The state of the connection, for these tasks and the watch with this filter, or for all. */
  | { type: 'state'; state: ConnectionState; tasks?: string[] | undefined; filter?: string | undefined }
  /**
   * From here on, connection `stream` brings everything of these tasks that follows these positions. `isLate`: it does so
   * for the followers that no connection serves yet, and only until they can join the others.
   */
  | { type: 'position'; stream: number; isLate: boolean; tasks: Position[] }
  /**
   * From here on, connection `stream` brings the watch with this filter. It was asked for what follows `after`, which is
   * the cursor at `place`. `cursor` and `index` are of the newest event. `isReset`: the server does not know `after`.
   */
  | {
      type: 'watching';
      stream: number;
      filter: string;
      after: string;
      place: Place;
      cursor: string;
      index: number;
      isReset: boolean;
    }
  /** The server refused the watch with this filter. */
  | { type: 'unwatched'; filter: string; error: TaskError }
  | { type: 'events'; stream: number; events: SharedEvent[] }
  /** The server refused these tasks for good. */
  | { type: 'refused'; tasks: string[]; error: TaskError }
  /** Each tab follows these tasks, or all of them, with streams of its own. */
  | { type: 'alone'; tasks?: string[] | undefined; careful: boolean }
);

export type GroupMessage = MemberMessage | LeaderMessage;

/** A list in a message has no more entries than this. */
const MAX_ENTRIES = 10_000;
/** A task's id is no longer, in UTF-16 units. The server allows 100. */
const MAX_ID = 200;
/** A filter as JSON, and a cursor, are no longer, in UTF-16 units. */
const MAX_FILTER = 5_000;
/** An event is no longer, in UTF-16 units. The stream allows 64 MiB. */
const MAX_DATA = 2 ** 25;

const id: Shape<string> = (value): value is string => text(value) && value.length <= MAX_ID;
const few =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length <= MAX_ENTRIES && listOf(shape)(value);

const wanted: Shape<WantedTask> = (value): value is WantedTask =>
  Array.isArray(value) && number(value[0]) && id(value[1]) && number(value[2]);
/** A filter as JSON, or a cursor. */
const filter: Shape<string> = (value): value is string => text(value) && value.length <= MAX_FILTER;
const wantedWatch: Shape<WantedWatch> = (value): value is WantedWatch =>
  Array.isArray(value) &&
  number(value[0]) &&
  filter(value[1]) &&
  filter(value[2]) &&
  number(value[3]) &&
  number(value[4]);
const place: Shape<Place> = (value): value is Place =>
  Array.isArray(value) && number(value[0]) && number(value[1]);
const position: Shape<Position> = (value): value is Position =>
  Array.isArray(value) && id(value[0]) && number(value[1]);
const sharedEvent: Shape<SharedEvent> = (value): value is SharedEvent =>
  Array.isArray(value) &&
  id(value[0]) &&
  id(value[1]) &&
  text(value[2]) &&
  value[2].length <= MAX_DATA &&
  number(value[3]);
const connectionState: Shape<ConnectionState> = (value): value is ConnectionState =>
  isRecord(value) &&
  (value.state === 'reconnecting'
    ? number(value.attempt) && number(value.retryAt) && text(value.reason)
    : oneOf('connecting', 'live', 'polling', 'closed')(value.state));

type MessageOf<Type> = Extract<GroupMessage, { type: Type }>;

const shapes = new Map<unknown, Shape<object>>(
  Object.entries({
    want: object({ member: id, tasks: few(wanted), watches: few(wantedWatch) }),
    bye: object({ member: id }),
    ping: object({}),
    here: object({ term: number }),
    state: object({
      term: number,
      state: connectionState,
      tasks: optional(few(id)),
      filter: optional(filter),
    }),
    watching: object({
      term: number,
      stream: number,
      filter,
      after: filter,
      place,
      cursor: filter,
      index: number,
      isReset: oneOf(true, false),
    }),
    unwatched: object({ term: number, filter, error: taskError }),
    position: object({ term: number, stream: number, isLate: oneOf(true, false), tasks: few(position) }),
    events: object({ term: number, stream: number, events: few(sharedEvent) }),
    refused: object({ term: number, tasks: few(id), error: taskError }),
    alone: object({ term: number, tasks: optional(few(id)), careful: oneOf(true, false) }),
  } satisfies { [Type in GroupMessage['type']]: Shape<ShapeOfFields<Type>> }),
);

type ShapeOfFields<Type> = Omit<MessageOf<Type>, 'type'>;

const isMessage: Shape<GroupMessage> = (value): value is GroupMessage =>
  isRecord(value) && shapes.get(value.type)?.(value) === true;

/** The message, or undefined for what is none. */
export function parseMessage(value: unknown): GroupMessage | undefined {
  try {
    return isMessage(value) ? value : undefined;
  } catch {
    // A field does not fit. Some other page of the origin uses the channel's name.
    return undefined;
  }
}

/** An error as a message can carry it. */
export function plain({ code, message, details }: TaskError): TaskError {
  return { code, message, ...(details && { details }) };
}
