/** Names in Redis, all of them under one prefix. */
export interface TaskKeys {
  /** BullMQ puts this before its own keys. */
  readonly queuePrefix: string;
  /** Holds the identity of the database that the prefix belongs to. */
  readonly deployment: string;
  /** Workers listen here for tasks to cancel. */
  readonly cancelChannel: string;
  /** Is there while some worker takes tasks of this queue: workers set it again and again, and it expires. */
  alive(queue: string): string;
  /** Hash about the changes of all tasks: their epoch, the newest number, and the number up to which not all are kept. */
  readonly changesHead: string;
  /** Sorted set: the ids of the tasks that changed last, by the numbers of their last changes. */
  readonly changes: string;
  /** Each change, as its number and the id of its task. */
  readonly changesChannel: string;
  /** Hash: newest number, attempt, progress. */
  state(id: string): string;
  /** Stream of events, ids `<seq>-0`. */
  events(id: string): string;
  /** List of what the running attempt of an older worker has built: JSON arrays of features. */
  features(id: string): string;
  /** Stream of the newest features that the running attempt has built, with the ids of their events. */
  built(id: string): string;
  /** Each event as it is logged. */
  channel(id: string): string;
}

export function taskKeys(prefix: string): TaskKeys {
  if (!/^[\w.-]{1,50}$/.test(prefix)) {
    throw new TypeError(
      `The prefix must be 1 to 50 letters, digits, "_", "." or "-", not ${JSON.stringify(prefix)}`,
    );
  }
  // In braces, so that a cluster keeps the keys of one task together.
  const key = (id: string, part: string) => `${prefix}:task:{${id}}:${part}`;
  return {
    queuePrefix: `${prefix}:queue`,
    deployment: `${prefix}:deployment`,
    cancelChannel: `${prefix}:cancel`,
    alive: (queue) => `${prefix}:alive:${queue}`,
    changesHead: `${prefix}:changes:head`,
    changes: `${prefix}:changes`,
    changesChannel: `${prefix}:changes:live`,
    state: (id) => key(id, 'state'),
    events: (id) => key(id, 'events'),
    features: (id) => key(id, 'features'),
    built: (id) => key(id, 'built'),
    channel: (id) => key(id, 'live'),
  };
}
