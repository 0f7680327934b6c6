import { MinHeap } from '../../network/MinHeap.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { PlanRules } from '../rules.ts';
import type { Candidate } from './findPlaces.ts';
import type { AddressGroup } from './groupAddresses.ts';

const ROUNDS = 3;

/** Says which place serves which group. */
export class Choice {
  readonly places: Candidate[] = [];
  /** By group: the place that serves it, and how far away that is; -1: none does. */
  readonly placeOf: Int32Array;
  readonly metresOf: Float64Array;
  /** By place: addresses that it serves. */
  readonly used: number[] = [];
  readonly #groups: readonly AddressGroup[];
  readonly #rules: PlanRules;
  readonly #work: PlanWork;

  constructor(groups: readonly AddressGroup[], rules: PlanRules, work: PlanWork) {
    this.#groups = groups;
    this.#rules = rules;
    this.#work = work;
    this.placeOf = new Int32Array(groups.length).fill(-1);
    this.metresOf = new Float64Array(groups.length);
  }

  /**
   * Adds places and opens those that serve groups best: always the one next whose price (its opening, and the metres of its
   * drops) is the least for each address that it would serve. A lazy heap does: a price only rises while others take groups.
   */
  async open(more: readonly Candidate[]): Promise<void> {
    const heap = new MinHeap<number>();
    for (const candidate of more) {
      this.places.push(candidate);
      this.used.push(0);
    }
    for (let place = 0; place < this.places.length; place++) {
      const offer = this.#offer(place);
      if (offer) heap.push(offer.price, place);
      if (this.#work.isDue(8)) await this.#work.pause(1, 4);
    }
    for (let place = heap.pop(); place !== undefined; place = heap.pop()) {
      const offer = this.#offer(place);
      if (!offer) continue;
      if (offer.price <= heap.minKey) for (const at of offer.pairs) this.#take(place, at);
      const next = offer.price <= heap.minKey ? this.#offer(place) : offer;
      if (next) heap.push(next.price, place);
      if (this.#work.isDue(8)) await this.#work.pause(1, 2);
    }
  }

  /** Serves groups that no place had room for from the nearest one all the same: it gets a larger terminal. */
  enlarge(): void {
    for (const [place, { groups, metres }] of this.places.entries()) {
      groups.forEach((group, at) => {
        const isServed = (this.placeOf[group] ?? -1) >= 0;
        // A place was given here only by an earlier turn of this loop, and a nearer one takes over.
        if (isServed && !(this.#enlarged.has(group) && (metres[at] ?? 0) < (this.metresOf[group] ?? 0)))
          return;
        this.#enlarged.add(group);
        this.#move(group, place, metres[at] ?? 0);
      });
    }
  }
  readonly #enlarged = new Set<number>();

  /** Moves each group to the nearest open place that has room. */
  improve(): void {
    for (let round = 0; round < ROUNDS; round++) {
      let moved = 0;
      for (const [place, { groups, metres }] of this.places.entries()) {
        if (!this.used[place]) continue;
        for (const [at, group] of groups.entries()) {
          const size = this.#size(group);
          const isNearer =
            (this.placeOf[group] ?? -1) >= 0 && (metres[at] ?? 0) < (this.metresOf[group] ?? 0);
          if (!isNearer || (this.used[place] ?? 0) + size > this.#rules.terminalPorts) continue;
          this.#move(group, place, metres[at] ?? 0);
          moved += 1;
        }
      }
      if (moved === 0) return;
    }
  }

  #size(group: number): number {
    return this.#groups[group]?.members.length ?? 0;
  }

  #offer(place: number): { price: number; pairs: number[] } | undefined {
    const candidate = this.places[place];
    if (!candidate) return undefined;
    const { groups, metres } = candidate;
    const used = this.used[place] ?? 0;
    let room = this.#rules.terminalPorts - used;
    let sum = used > 0 ? 0 : this.#rules.terminalMetres;
    let count = 0;
    let price = Number.POSITIVE_INFINITY;
    const pairs: number[] = [];
    for (let at = 0; at < groups.length && room > 0; at++) {
      const group = groups[at] ?? -1;
      if ((this.placeOf[group] ?? -1) >= 0) continue;
      const size = this.#size(group);
      const away = metres[at] ?? 0;
      if (away >= price) break;
      // More addresses at one point than a terminal has ports get a larger terminal of their own.
      if (size > room && !(used === 0 && count === 0)) continue;
      room -= size;
      sum += away * size;
      count += size;
      price = sum / count;
      pairs.push(at);
    }
    return count > 0 ? { price, pairs } : undefined;
  }

  #take(place: number, at: number): void {
    const { groups, metres } = this.places[place] ?? {};
    this.#move(groups?.[at] ?? -1, place, metres?.[at] ?? 0);
  }

  #move(group: number, place: number, metres: number): void {
    const size = this.#size(group);
    const before = this.placeOf[group] ?? -1;
    if (before >= 0) this.used[before] = (this.used[before] ?? 0) - size;
    this.used[place] = (this.used[place] ?? 0) + size;
    this.placeOf[group] = place;
    this.metresOf[group] = metres;
  }
}
