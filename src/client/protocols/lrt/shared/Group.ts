import type { TaskError } from '../../../../contract/index.ts';
import type { Follower } from './Follower.ts';
import { Member } from './Member.ts';
import type { LeaderMessage, SharedEvent } from './messages.ts';
import type { GroupName } from './userOf.ts';

/** Tasks that were handed back are followed alone for so long. Then the shared stream is tried again. */
const ALONE_MS = 300_000;
const PAGE_EVENTS = ['pagehide', 'freeze', 'pageshow', 'resume'];

/** All followers of this page that share a stream. */
export class Group {
  readonly #url: string;
  readonly #name: GroupName;
  readonly #followers = new Map<number, Follower>();
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

  add(follower: Follower): void {
    if (Date.now() < this.#aloneUntil) {
      follower.goAlone(this.#isCareful);
      return;
    }
    if (this.#followers.size === 0) this.#listen(true);
    this.#followers.set(follower.number, follower);
    follower.show({ state: 'connecting' });
    if (this.#member) this.#member.changed();
    else if (!this.#isPaused) this.#member = this.#newMember(follower);
  }

  remove(follower: Follower): void {
    if (!this.#followers.delete(follower.number)) return;
    follower.dismiss();
    if (this.#followers.size > 0) {
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
    const [follower] = this.#followers.values();
    if (follower && !this.#isPaused) this.#member = this.#newMember(follower);
  }

  #newMember({ connection }: Follower): Member {
    return new Member({
      url: this.#url,
      connection,
      name: this.#name.acrossTabs,
      wanted: () => [...this.#followers.values()].map(({ number, taskId, seen }) => [number, taskId, seen]),
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
    if (message.type === 'events') this.#deliver(message.stream, message.events);
    else if (message.type === 'state') this.#each(message.tasks, (follower) => follower.show(message.state));
    else if (message.type === 'refused') this.#refuse(message.tasks, message.error);
    else if (message.type === 'alone') this.#handBack(message.tasks, message.careful);
    else if (message.type === 'position') {
      const positions = new Map(message.tasks);
      this.#each([...positions.keys()], (follower) =>
        follower.locate(message.stream, positions.get(follower.taskId) ?? -1, message.isLate),
      );
    }
  }

  #deliver(stream: number, events: readonly SharedEvent[]): void {
    for (const [taskId, event, data, seq] of events) {
      this.#each([taskId], (follower) => {
        if (follower.take(stream, event, data, seq)) return;
        this.remove(follower);
        follower.goAlone(true, { event, data, id: `${Math.max(0, follower.seen)}` });
      });
    }
  }

  #refuse(tasks: readonly string[], error: TaskError): void {
    this.#each(tasks, (follower) => {
      this.remove(follower);
      follower.refuse(error);
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

  /** Calls for each follower of these tasks, or of all. */
  #each(tasks: readonly string[] | undefined, call: (follower: Follower) => void): void {
    const ids = tasks && new Set(tasks);
    for (const follower of [...this.#followers.values()]) {
      // A call before this one may have closed it.
      if (this.#followers.has(follower.number) && (!ids || ids.has(follower.taskId))) call(follower);
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
