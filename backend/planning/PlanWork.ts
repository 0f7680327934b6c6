import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';

export const PLAN_PHASES = ['ground', 'assignment', 'routes', 'search', 'fibres'] as const;
export type PlanPhase = (typeof PLAN_PHASES)[number];

export interface PlanProgress {
  phase: PlanPhase;
  /** The share of the phase that is done, from 0 to 1. It never goes back. */
  ofPhase: number;
  /** The share of the whole that is done, from 0 to 100, by the time that the phases of other plans took. */
  percent: number;
}

export interface PlanOptions {
  /** Hears how far each phase is, in their order. An error that it throws ends the planning. */
  onProgress?: (progress: PlanProgress) => void;
  /** When it aborts, the planning rejects with its reason soon after. */
  signal?: AbortSignal;
}

/** The share of each phase in the time of a plan of some thousand addresses. */
const SHARES: Record<PlanPhase, number> = {
  ground: 0.2,
  assignment: 0.2,
  routes: 0.1,
  search: 0.35,
  fibres: 0.15,
};

/** Steps between two pauses: some milliseconds of work, so that a page stays smooth. */
const STEPS = 10_000;

/** Lets other work go on while a plan is made, reports progress, and notices when nobody wants the plan any more. */
export class PlanWork {
  readonly #options: PlanOptions;
  #phase: PlanPhase = 'ground';
  #steps = 0;
  #ofPhase = 0;
  /** The share of the phases that are over. */
  #over = 0;

  constructor(options: PlanOptions = {}) {
    this.#options = options;
  }

  async begin(phase: PlanPhase): Promise<void> {
    if (phase !== this.#phase) this.#over += SHARES[this.#phase];
    this.#phase = phase;
    this.#ofPhase = 0;
    await this.pause(0, 1);
  }

  /** True when it is time for a `pause`; the work since the last call took this many steps. */
  isDue(steps: number): boolean {
    this.#steps += steps;
    return this.#steps >= STEPS;
  }

  /** Lets others work. Call it where `isDue`, and between two long pieces of work. */
  async pause(done: number, total: number): Promise<void> {
    this.#steps = 0;
    this.#options.signal?.throwIfAborted();
    this.#ofPhase = Math.max(this.#ofPhase, Math.min(1, done / total));
    const percent = 100 * (this.#over + SHARES[this.#phase] * this.#ofPhase);
    this.#options.onProgress?.({ phase: this.#phase, ofPhase: this.#ofPhase, percent });
    await yieldToEventLoop();
    this.#options.signal?.throwIfAborted();
  }
}
