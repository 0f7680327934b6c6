import type { RedisLogs } from '../logs/RedisLogs.ts';
import type { ChangedRows, RecentRow, RowMarks } from './ChangedRows.ts';
import type { KnownTask, KnownTasks } from './KnownTasks.ts';

/** Something about a task that a hub should have heard of. `seq`: the newest number of its log. */
interface Fact {
  kind: RecentRow['kind'];
  seq: number;
}

/**
 * Finds changes that nobody announced: a worker or a server of an earlier version announces none, and a call to Redis may get
 * lost. A fact that the hub does not know at two looks in a row was not announced; at one look it may be on its way.
 */
export class ChangeAudit {
  readonly #rows: ChangedRows;
  readonly #logs: Pick<RedisLogs, 'states'>;
  readonly #known: KnownTasks;
  #marks: RowMarks | undefined;
  #suspects = new Map<string, Fact>();

  constructor(parts: { rows: ChangedRows; logs: Pick<RedisLogs, 'states'>; known: KnownTasks }) {
    this.#rows = parts.rows;
    this.#logs = parts.logs;
    this.#known = parts.known;
  }

  /** Ids of the tasks whose changes were not announced. */
  async look(): Promise<string[]> {
    const next = await this.#rows.marks();
    const recent = await this.#rows.recent(this.#marks ?? next);
    const active = recent.filter(({ kind }) => kind === 'active').map(({ id }) => id);
    const states = await this.#logs.states(active);
    if (!this.#marks) {
      // The first look is the beginning: watchers have these tasks from their lists, unless they are new.
      const isNew = new Set(recent.filter(({ kind }) => kind === 'new').map(({ id }) => id));
      for (const id of active) {
        if (!this.#known.get(id) && !isNew.has(id))
          this.#known.note(id, { seq: states.get(id)?.seq ?? 0, hasEnded: false });
      }
    }
    const unheard = Array.from(this.#suspects).filter(([id, fact]) => !knows(this.#known.get(id), fact));
    const announced = new Set(unheard.map(([id]) => id));
    const suspects = new Map<string, Fact>();
    for (const { id, kind } of recent) {
      const fact = { kind, seq: states.get(id)?.seq ?? 0 };
      if (!announced.has(id) && !knows(this.#known.get(id), fact)) suspects.set(id, fact);
    }
    this.#suspects = suspects;
    this.#marks = next;
    return [...announced];
  }
}

function knows(known: KnownTask | undefined, { kind, seq }: Fact): boolean {
  if (!known) return false;
  if (kind === 'gone') return known.seq === Number.POSITIVE_INFINITY;
  if (kind === 'ended') return known.hasEnded;
  return known.seq >= seq;
}
