import type { TaskError } from '../../../../contract/index.ts';
import { Follower } from './Follower.ts';
import { Member } from './Member.ts';
import type { LeaderMessage, SharedEvent } from './messages.ts';
import type { GroupName } from './userOf.ts';
import { Watcher } from './Watcher.ts';

/** Tasks that were handed back are followed alone for so long. Then the shared stream is tried again. */
const ALONE_MS = 300_000;
const PAGE_EVENTS = ['pagehide', 'freeze', 'pageshow', 'resume'];

/** All followers and watchers of this page that share a stream. */
export class Group {
  readonly #url: string;
  readonly #name: GroupName;
  /** Followers have positive numbers, watchers negative ones. */
  readonly #listeners = new Map<number, Follower | Watcher>();
  #member: Member | undefined;
  #isPaused = false;
  #aloneUntil = 0;
  #isCareful = false;
  readonly #onEmpty: () => void;

  /** `onEmpty` is called when the last follower has left. */
  constructor(url: string, name: GroupName, onEmpty: () => void) {
    this.#url = url;
    this.#name = name;
    this.#onEmpty = onEmpty;
  }

  add(follower: Follower | Watcher): void {
    if (Date.now() < this.#aloneUntil) {
      follower.goAlone(this.#isCareful);
      return;
    }
    if (this.#listeners.size === 0) this.#listen(true);
    this.#listeners.set(follower.number, follower);
    follower.show({ state: 'connecting' });
    if (this.#member) this.#member.changed();
    else if (!this.#isPaused) this.#member = this.#newMember(follower);
  }

  remove(follower: Follower | Watcher): void {
    if (!this.#listeners.delete(follower.number)) return;
    follower.dismiss();
    if (this.#listeners.size > 0) {
      this.#member?.changed();
      return;
    }
    this.#listen(false);
    this.#isPaused = false;
    this.#leave();
    if (Date.now() >= this.#aloneUntil) this.#onEmpty();
  }

  /** Leaves, and joins again with the connection of a follower that is left. */
  restart(): void {
    this.#leave();
    const [follower] = this.#listeners.values();
    if (follower && !this.#isPaused) this.#member = this.#newMember(follower);
  }

  #newMember({ connection }: Follower | Watcher): Member {
    return new Member({
      url: this.#url,
      connection,
      name: this.#name.acrossTabs,
      wanted: () => ({
        tasks: this.#of(Follower).map(({ number, taskId, seen }) => [number, taskId, seen]),
        watches: this.#of(Watcher).map(({ wanted }) => wanted),
      }),
      onLeader: () => this.#each(undefined, (follower) => follower.dismiss()),
      onMessage: (message) => this.#take(message),
      onUnauthorized: () => this.#handBack(undefined, false),
    });
  }

  #leave(): void {
    this.#member?.leave();
    this.#member = undefined;
    this.#each(undefined, (follower) => follower.dismiss());
  }

  #take(message: LeaderMessage): void {
    if (message.type === 'events') this.#deliver(message.stream, message.events, message.term);
    else if (message.type === 'state') {
      const { state, tasks, filter } = message;
      this.#each(tasks, (follower) => follower.show(state));
      if (tasks) this.#eachWatcher(filter, (watcher) => watcher.show(state));
    } else if (message.type === 'watching')
      this.#eachWatcher(message.filter, (watcher) => watcher.locate(message));
    else if (message.type === 'unwatched')
      this.#eachWatcher(message.filter, (watcher) => {
        this.remove(watcher);
        watcher.fail(message.error);
      });
    else if (message.type === 'refused') this.#refuse(message.tasks, message.error);
    else if (message.type === 'alone') this.#handBack(message.tasks, message.careful);
    else if (message.type === 'position') {
      const positions = new Map(message.tasks);
      this.#eachFollower([...positions.keys()], (follower) =>
        follower.locate(message.stream, positions.get(follower.taskId) ?? -1, message.isLate),
      );
    }
  }

  #deliver(stream: number, events: readonly SharedEvent[], term: number): void {
    for (const [taskId, event, data, seq] of events) {
      if (taskId === '') {
        this.#eachWatcher(undefined, (watcher) => {
          if (watcher.take(stream, event, data, [term, seq])) return;
          this.remove(watcher);
          watcher.fail({ code: 'invalid-response', message: `Unexpected ${data.slice(0, 99)}` });
        });
        continue;
      }
      this.#eachFollower([taskId], (follower) => {
        if (follower.take(stream, event, data, seq)) return;
        this.remove(follower);
        follower.goAlone(true, { event, data, id: `${Math.max(0, follower.seen)}` });
      });
    }
  }

  #refuse(tasks: readonly string[], error: TaskError): void {
    // Another tab's server may know other tasks, as a mock backend does that lives in its page. This tab asks its own then.
    const isOwn = this.#member?.leads === true;
    this.#eachFollower(tasks, (follower) => {
      this.remove(follower);
      if (isOwn) follower.refuse(error);
      else follower.goAlone(false);
    });
  }

  #handBack(tasks: readonly string[] | undefined, careful: boolean): void {
    this.#aloneUntil = Date.now() + ALONE_MS;
    this.#isCareful = careful;
    this.#each(tasks, (follower) => {
      this.remove(follower);
      follower.goAlone(careful);
    });
  }

  #of<Kind extends Follower | Watcher>(kind: abstract new (...args: never[]) => Kind): Kind[] {
    const all: (Follower | Watcher)[] = [...this.#listeners.values()];
    return all.filter((listener): listener is Kind => listener instanceof kind);
  }

  /** Calls for each follower of these tasks, or for all followers and watchers. */
  #each(tasks: readonly string[] | undefined, call: (listener: Follower | Watcher) => void): void {
    this.#eachFollower(tasks, call);
    if (!tasks) this.#eachWatcher(undefined, call);
  }

  #eachFollower(tasks: readonly string[] | undefined, call: (follower: Follower) => void): void {
    const ids = tasks && new Set(tasks);
    for (const follower of this.#of(Follower)) {
      // A call before this one may have closed it.
      if (this.#listeners.has(follower.number) && (!ids || ids.has(follower.taskId))) call(follower);
    }
  }

  #eachWatcher(filter: string | undefined, call: (watcher: Watcher) => void): void {
    for (const watcher of this.#of(Watcher)) {
      if (this.#listeners.has(watcher.number) && (filter ?? watcher.filter) === watcher.filter) call(watcher);
    }
  }

  /** A page that is put away gives up locks and channel, so that it leads no other tab and the browser may keep it. */
  readonly #onPage = ({ type }: Event): void => {
    const isPaused = /hide|freeze/.test(type);
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.restart();
    const now = Date.now();
    this.#each(undefined, (follower) =>
      follower.show(
        isPaused
          ? { state: 'reconnecting', attempt: 1, retryAt: now, reason: 'paused' }
          : { state: 'connecting' },
      ),
    );
  };

  #listen(isOn: boolean): void {
    for (const type of PAGE_EVENTS) {
      if (isOn) globalThis.addEventListener?.(type, this.#onPage, { capture: true });
      else globalThis.removeEventListener?.(type, this.#onPage, { capture: true });
    }
  }
}
