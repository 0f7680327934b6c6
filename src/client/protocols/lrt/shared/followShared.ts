// Follows tasks through one stream for all tabs of an origin, for the client of the LRT protocol. A browser opens six
// connections to a host over HTTP/1.1, and a stream for each task would take them all. This file loads on demand, with the
// first task that a page follows.
import type { TaskFilter } from '../../../../contract/index.ts';
import type { EventStreamOptions } from '../../../eventStream.ts';
import type { TaskReceiver } from '../../../followTask.ts';
import type { Connection } from '../../../http.ts';
import type { WatchHandlers } from '../../../SystemClient.ts';
import { type FollowAlone, Follower } from './Follower.ts';
import { Group } from './Group.ts';
import { type GroupName, groupOf } from './userOf.ts';
import { Watcher } from './Watcher.ts';

/** A client, as its calls give it. */
interface SharedClient {
  /** Address of all tasks, '/api/tasks'. */
  tasksUrl: string;
  /** The client's own connection, one object for all of its calls. */
  connection: Connection;
  shareTabs: string | false | undefined;
}

export interface SharedFollow extends SharedClient {
  /** Address of this task. */
  url: string;
  taskId: string;
  /** Options of a stream of the task's own. The signal is aborted when nobody follows the task any more. */
  options: EventStreamOptionsOfTask;
  receiver: TaskReceiver;
  /** Follows the task with a stream of its own, after this event id. */
  open(lastEventId?: string): void;
}

type EventStreamOptionsOfTask = Connection &
  Required<Pick<EventStreamOptions, 'cursorParam'>> & { signal: AbortSignal };

/** A client of this page, with its followers. */
interface Client {
  source: Connection['token'];
  shareTabs: string | false | undefined;
  tasksUrl: string;
  /** The group that the client's newest token belongs to. */
  name: GroupName | undefined;
  followers: Map<Follower | Watcher, Group>;
}

const clients = new WeakMap<Connection, Client>();
/** The page's groups that have followers. */
const groups = new Map<string, Group>();

/** Follows a task until `options.signal` is aborted. It throws nothing. */
export async function followShared(follow: SharedFollow): Promise<void> {
  const { connection, options, taskId, receiver, open } = follow;
  const { signal } = options;
  const client = clientOf(follow);
  const goAlone: FollowAlone = (seen, { careful, strange }) => {
    client.followers.delete(follower);
    const lastEventId = seen < 0 ? '' : `${seen}`;
    if (!careful || signal.aborted) return open(lastEventId);
    import('../followCarefully.ts').then(
      ({ followCarefully }) => followCarefully(follow.url, options, taskId, receiver, lastEventId, strange),
      () => open(lastEventId),
    );
  };
  const follower = new Follower(taskId, connection, receiver, goAlone);
  follower.show({ state: 'connecting' });
  let name: GroupName;
  try {
    name = await nameOf(client, connection);
  } catch {
    // The token cannot be had now. A stream of the task's own tries again, and shows why it does not connect.
    return goAlone(-1, { careful: false });
  }
  if (signal.aborted) return;
  noteUser(client, name);
  signal.addEventListener('abort', () => leave(client, follower));
  join(client, follower, name);
}

export interface SharedWatch extends SharedClient {
  filter: TaskFilter;
  after: string | undefined;
  handlers: WatchHandlers;
  /** Ends the watch. */
  signal: AbortSignal;
}

/** Watches tasks until `signal` is aborted. It throws nothing. */
export async function watchShared(watch: SharedWatch): Promise<void> {
  const { connection, signal } = watch;
  const client = clientOf(watch);
  const handlers: WatchHandlers = {
    ...watch.handlers,
    onError(error) {
      client.followers.delete(watcher);
      watch.handlers.onError?.(error);
    },
  };
  const watcher = new Watcher(watch.filter, watch.after, connection, handlers);
  try {
    const name = await nameOf(client, connection);
    if (signal.aborted) return;
    noteUser(client, name);
    signal.addEventListener('abort', () => leave(client, watcher));
    join(client, watcher, name);
  } catch (cause) {
    if (!signal.aborted)
      watcher.fail({ code: 'network', message: `The token could not be had: ${cause}`, cause });
  }
}

async function nameOf({ source, tasksUrl, shareTabs }: Client, connection: Connection): Promise<GroupName> {
  const token = typeof source === 'function' ? await source({ refresh: false }) : source;
  return groupOf(tasksUrl, connection, source, token, shareTabs);
}

function join(client: Client, follower: Follower | Watcher, name: GroupName): void {
  const key = JSON.stringify([name.inPage, name.acrossTabs]);
  const group = groups.get(key) ?? new Group(`${client.tasksUrl}/events`, name, () => groups.delete(key));
  groups.set(key, group);
  client.followers.set(follower, group);
  group.add(follower);
}

function leave(client: Client, follower: Follower | Watcher): void {
  const group = client.followers.get(follower);
  client.followers.delete(follower);
  group?.remove(follower);
}

function clientOf({ connection, shareTabs, tasksUrl }: SharedClient): Client {
  const known = clients.get(connection);
  if (known) return known;
  const source = connection.token;
  const client: Client = { source, shareTabs, tasksUrl, name: undefined, followers: new Map() };
  clients.set(connection, client);
  if (typeof source === 'function') {
    // Each token that the client gets says who the user is now.
    connection.token = async (context) => {
      const token = await source(context);
      noteUser(client, groupOf(tasksUrl, connection, source, token, shareTabs));
      return token;
    };
  }
  return client;
}

/** Another user's token: the client's followers leave the group of the user before. */
function noteUser(client: Client, name: GroupName): void {
  const before = client.name;
  client.name = name;
  if (!before || (before.inPage === name.inPage && before.acrossTabs === name.acrossTabs)) return;
  const left = new Set<Group>();
  for (const [follower, group] of [...client.followers]) {
    left.add(group);
    leave(client, follower);
    join(client, follower, name);
  }
  // Their streams may have been opened with this client's token.
  for (const group of left) group.restart();
}
