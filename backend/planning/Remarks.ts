import type { PlanAreaRemark } from '../../src/contract/planArea.ts';

export type RemarkCode =
  | 'address-without-place'
  | 'address-twice'
  | 'pole-without-place'
  | 'poles-at-one-place'
  | 'posts-not-poles'
  | 'posts-left-out'
  | 'street-without-line'
  | 'street-piece-without-length'
  | 'no-streets'
  | 'far-from-feed'
  | 'no-feed'
  | 'feed-moved'
  | 'piece-not-reached'
  | 'pole-not-joined'
  | 'splitter-not-used';

/** A remark of the planner. Nothing of it stops the plan. */
export type PlanRemark = PlanAreaRemark & { code: RemarkCode };

const MAX_IDS = 20;
/** The list has the first ones only where there are more than this. */
const MAX_OF_A_KIND = 50;

/** Gathers remarks, those that are alike as one with a count. */
export class Remarks {
  readonly #gathered = new Map<RemarkCode, { message: string; ids: string[]; count: number }>();
  readonly #single: PlanRemark[] = [];

  /** One more of these; the message is that of the whole kind. */
  gather(code: RemarkCode, message: string, id: string): void {
    let kind = this.#gathered.get(code);
    if (!kind) {
      kind = { message, ids: [], count: 0 };
      this.#gathered.set(code, kind);
    }
    kind.count += 1;
    if (kind.ids.length < MAX_IDS) kind.ids.push(id);
  }

  add(remark: PlanRemark): void {
    const alike = this.#single.filter(({ code }) => code === remark.code).length;
    if (alike < MAX_OF_A_KIND) this.#single.push({ ...remark, ids: remark.ids.slice(0, MAX_IDS) });
  }

  list(): PlanRemark[] {
    const gathered = Array.from(this.#gathered, ([code, kind]) => ({ code, ...kind }));
    return [...gathered, ...this.#single];
  }
}
