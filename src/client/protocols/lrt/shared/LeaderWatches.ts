import type { JointStream, SentWatch } from './JointStream.ts';
import type { LeaderMessage, Place, WantedWatch } from './messages.ts';
import { comparePlaces, cursorOf, readWatching } from './Watcher.ts';

/** A watcher, in any tab. */
interface Wanted {
  filter: string;
  after: string;
  /** Undefined: it was given no event yet. */
  place: Place | undefined;
  state: 'waiting' | 'served' | 'done';
}

type Watching = Omit<Extract<LeaderMessage, { type: 'watching' }>, 'term'>;

/** The leading tab's knowledge of what each tab watches. Each stream has room for one filter. */
export class LeaderWatches {
  readonly #term: number;
  readonly #members = new Map<string, Map<number, Wanted>>();
  readonly #streams = new Map<string, JointStream>();
  /** The newest event of each watch: its data, and its place. */
  readonly #newest = new Map<string, { cursor(): string; place: Place }>();
  #index = 0;

  constructor(term: number) {
    this.#term = term;
  }

  /** Returns true where somebody has begun to watch. */
  want(member: string, watches: readonly WantedWatch[]): boolean {
    const known = this.#members.get(member);
    const list = new Map<number, Wanted>();
    let isNew = false;
    for (const [number, filter, after, term, index] of watches) {
      const before = known?.get(number);
      const place: Place | undefined = term > 0 ? [term, index] : undefined;
      if (before?.filter === filter && before.state !== 'waiting') list.set(number, before);
      else list.set(number, { filter, after, place, state: 'waiting' });
      isNew ||= !before;
    }
    this.#members.set(member, list);
    this.#dropUnwanted();
    return isNew;
  }

  bye(member: string): void {
    this.#members.delete(member);
    this.#dropUnwanted();
  }

  /** Filters that are watched and have no stream yet. */
  get homeless(): Set<string> {
    const filters = new Set<string>();
    for (const { filter } of this.#all()) if (!this.#streams.has(filter)) filters.add(filter);
    return filters;
  }

  hasRoom(stream: JointStream): boolean {
    return this.filterOf(stream) === undefined;
  }

  settle(filter: string, stream: JointStream): void {
    this.#streams.set(filter, stream);
  }

  filterOf(stream: JointStream): string | undefined {
    for (const [filter, its] of this.#streams) if (its === stream) return filter;
    return undefined;
  }

  /** The watch that the stream is to have, from where it goes on for all. */
  watchOf(stream: JointStream): SentWatch | undefined {
    const filter = this.filterOf(stream);
    if (filter === undefined) return undefined;
    const newest = this.#newest.get(filter);
    if (newest) return { filter, after: newest.cursor(), place: newest.place };
    let lowest: { after: string; place: Place } | undefined;
    let first = '';
    for (const { filter: its, after, place } of this.#all()) {
      if (its !== filter) continue;
      first ||= after;
      if (place && (!lowest || comparePlaces(place, lowest.place) < 0)) lowest = { after, place };
    }
    return { filter, ...(lowest ?? { after: first, place: [this.#term, this.#index] }) };
  }

  /** True where somebody waits for the stream's watch. */
  isWaiting(stream: JointStream): boolean {
    const filter = this.filterOf(stream);
    for (const wanted of this.#all()) if (wanted.filter === filter && wanted.state === 'waiting') return true;
    return false;
  }

  /** The message for those that join a watch which is under way. Undefined: the stream has none yet. */
  join(stream: JointStream): Watching | undefined {
    const filter = this.filterOf(stream);
    const newest = filter !== undefined && stream.isWatching ? this.#newest.get(filter) : undefined;
    if (filter === undefined || !newest) return undefined;
    this.#mark(filter, 'served');
    const cursor = newest.cursor();
    const { place } = newest;
    return {
      type: 'watching',
      stream: stream.number,
      filter,
      after: cursor,
      place,
      cursor,
      index: place[1],
      isReset: false,
    };
  }

  /** A connection has begun to watch. Throws where its event cannot be read. */
  began(number: number, { filter, after, place }: SentWatch, data: string): Watching {
    const { cursor, reset = false } = readWatching(data);
    const index = ++this.#index;
    this.#newest.set(filter, { cursor: () => cursor, place: [this.#term, index] });
    this.#mark(filter, 'served');
    return { type: 'watching', stream: number, filter, after, place, cursor, index, isReset: reset };
  }

  /** An event of a watch. Returns its number. */
  note(filter: string, data: string): number {
    const index = ++this.#index;
    this.#newest.set(filter, { cursor: () => cursorOf(data), place: [this.#term, index] });
    return index;
  }

  /** The server refused the stream's watch. Returns its filter. */
  end(stream: JointStream): string | undefined {
    const filter = this.filterOf(stream);
    if (filter === undefined) return undefined;
    this.#mark(filter, 'done');
    this.#dropUnwanted();
    return filter;
  }

  *#all(): Generator<Wanted> {
    for (const list of this.#members.values()) {
      for (const wanted of list.values()) if (wanted.state !== 'done') yield wanted;
    }
  }

  #mark(filter: string, state: Wanted['state']): void {
    for (const wanted of this.#all()) if (wanted.filter === filter) wanted.state = state;
  }

  #dropUnwanted(): void {
    const wanted = new Set([...this.#all()].map(({ filter }) => filter));
    for (const filter of this.#streams.keys()) {
      if (wanted.has(filter)) continue;
      this.#streams.delete(filter);
      this.#newest.delete(filter);
    }
  }
}
