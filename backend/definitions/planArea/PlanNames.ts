import type { NetworkDataView } from '../../network/NetworkStore.ts';

/** A plan gives names to these: 'P1-HH4' is the fourth handhole of the first plan. */
export type NamedKind = 'HH' | 'ODF' | 'CL' | 'SP' | 'T' | 'C' | 'D';

/** Looks so far for a number that no plan has. */
const MOST_PLANS = 100_000;

/**
 * Names the records of one plan. Its first cable has a name that is reserved over master and all designs, and all its other names
 * begin as that one does: so they are unique, and 13,000 names need one reservation.
 */
export class PlanNames {
  readonly #prefix: string;
  readonly #last = new Map<NamedKind, number>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Finds and reserves a number for a new plan in the view's design. */
  static async reserve(view: NetworkDataView): Promise<PlanNames> {
    const cables = view.table('fiber_cable');
    for (let number = 1; number <= MOST_PLANS; number++) {
      const first = `P${number}-C1`;
      const taken = await cables.filterOn('name', first, { limit: 1 });
      if (taken.length === 0 && (await cables.reserveName(first))) return new PlanNames(`P${number}`);
    }
    throw new Error(`${MOST_PLANS} plans have taken all names`);
  }

  next(wanted: NamedKind): string {
    // The first cable has the name that is reserved, be it a drop or another.
    const kind = wanted === 'D' && !this.#last.has('C') ? 'C' : wanted;
    const number = (this.#last.get(kind) ?? 0) + 1;
    this.#last.set(kind, number);
    return `${this.#prefix}-${kind}${number}`;
  }
}
