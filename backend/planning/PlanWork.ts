import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';

export const PLAN_PHASES = ['ground', 'assignment', 'routes', 'search', 'fibres'] as const;
export type PlanPhase = (typeof PLAN_PHASES)[number];

export interface PlanProgress {
  phase: PlanPhase;
  /** From 0 to `total`. */
  done: number;
  total: number;
}

export interface PlanOptions {
  /** Hears how far each phase is, in their order. An error that it throws ends the planning. */
  onProgress?: (progress: PlanProgress) => void;
  /** When it aborts, the planning rejects with its reason soon after. */
  signal?: AbortSignal;
}

/** Steps between two pauses: some milliseconds of work, so that a page stays smooth. */
const STEPS = 20_000;

/** Lets other work go on while a plan is made, reports progress, and notices when nobody wants the plan any more. */
export class PlanWork {
  readonly #options: PlanOptions;
  #phase: PlanPhase = 'ground';
  #steps = 0;

  constructor(options: PlanOptions = {}) {
    this.#options = options;
  }

  async begin(phase: PlanPhase): Promise<void> {
    this.#phase = phase;
    await this.#pause(0, 1);
  }

  /** True when it is time for a `pause`; the work since the last call took this many steps. */
  isDue(steps: number): boolean {
    this.#steps += steps;
    return this.#steps >= STEPS;
  }

  /** Call it where `isDue`. */
  pause(done: number, total: number): Promise<void> {
    return this.#pause(done, total);
  }

  async #pause(done: number, total: number): Promise<void> {
    this.#steps = 0;
    this.#options.signal?.throwIfAborted();
    this.#options.onProgress?.({ phase: this.#phase, done: Math.min(done, total), total });
    await yieldToEventLoop();
    this.#options.signal?.throwIfAborted();
  }
}
