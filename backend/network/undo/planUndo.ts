import { canonicalJson } from '../../common/json.ts';
import type { NetworkRecord } from '../NetworkRecord.ts';
import {
  type ChangeSetHead,
  type DesignHistory,
  MAX_REFERRERS,
  type TouchedRecord,
} from './DesignHistory.ts';
import { referencesIn } from './references.ts';
import { undoRefusals } from './undoRefusals.ts';
import type { KeptRecord, LayerState, UndoStep } from './undoTypes.ts';

export interface UndoPlan {
  steps: UndoStep[];
  kept: KeptRecord[];
  /** Records of the run that are already as they were before it. */
  alreadyBack: number;
}

/** Says what undoing a set comes to: which records change to what, and which have to stay because others built on them. */
export async function planUndo(
  taskId: string,
  head: ChangeSetHead,
  touched: readonly TouchedRecord[],
  history: DesignHistory,
): Promise<UndoPlan> {
  const plan = new Planning();
  for (const record of touched) plan.add(record);
  await plan.keepReferredTo(taskId, head, history);
  await plan.leaveOutDangling(head, history);
  return plan.result();
}

class Planning {
  readonly #steps = new Map<string, UndoStep>();
  readonly #kept = new Map<string, KeptRecord>();
  /** By URN: what a view shows of each record of the run. */
  readonly #seen = new Map<string, NetworkRecord | undefined>();
  /** URNs of those that a view showed before the run. */
  readonly #seenBefore = new Set<string>();
  #alreadyBack = 0;

  add({ table, id, before, after, now, below, changedBy }: TouchedRecord): void {
    const urn = `${table}/${id}`;
    const seenNow = seenOf(now, below);
    this.#seen.set(urn, seenNow);
    if (seenOf(before, below)) this.#seenBefore.add(urn);
    if (isSame(now, before)) {
      this.#alreadyBack += 1;
    } else if (!isSame(now, after)) {
      const reason = seenNow ? 'changed' : 'deleted';
      this.#kept.set(urn, { record: urn, reason, ...(changedBy !== undefined && { task: changedBy }) });
    } else {
      this.#steps.set(urn, { table, id, state: before, seenNow, seenAfter: seenOf(before, below) });
    }
  }

  /** A record that goes stays all the same where one that stays refers to it: no reference may lead nowhere. */
  async keepReferredTo(taskId: string, head: ChangeSetHead, history: DesignHistory): Promise<void> {
    const gone = new Set<string>();
    for (const [urn, { seenNow, seenAfter }] of this.#steps) if (seenNow && !seenAfter) gone.add(urn);
    if (gone.size === 0) return;
    const referrers = await history.referrers(head, gone);
    if (referrers.length >= MAX_REFERRERS) throw undoRefusals.tooLarge(taskId);
    for (const { record, to } of referrers) {
      const step = this.#steps.get(record.urn);
      // A record that goes back itself refers to what it referred to before.
      const refers = step
        ? referencesIn(step.seenAfter?.properties ?? {}).filter((urn) => gone.has(urn))
        : to;
      for (const urn of refers) {
        if (!this.#kept.has(record.urn))
          this.#kept.set(record.urn, { record: record.urn, reason: 'refers', to: urn });
        this.#stay(urn);
      }
    }
  }

  /** Leaves the record as it is now, with all that it refers to and that was to go. */
  #stay(first: string): void {
    const left = [first];
    for (let urn = left.pop(); urn !== undefined; urn = left.pop()) {
      if (!this.#steps.delete(urn)) continue;
      for (const other of referencesIn(this.#seen.get(urn)?.properties ?? {})) {
        const step = this.#steps.get(other);
        if (step?.seenNow && !step.seenAfter) left.push(other);
      }
    }
  }

  /** A record does not come back where it would refer to one that is not there any more. */
  async leaveOutDangling(head: ChangeSetHead, history: DesignHistory): Promise<void> {
    const outside = new Set<string>();
    const back = Array.from(this.#steps).filter(([, { seenAfter }]) => seenAfter);
    for (const [, { seenAfter }] of back) {
      for (const urn of referencesIn(seenAfter?.properties ?? {})) if (!this.#seen.has(urn)) outside.add(urn);
    }
    const missing = outside.size > 0 ? await history.missing(head, outside) : new Set<string>();
    const isMissing = (urn: string) => {
      if (!this.#seen.has(urn)) return missing.has(urn);
      // One that goes its whole way is as it was when the reference was written.
      return !this.#steps.has(urn) && this.#seenBefore.has(urn) && !this.#seen.get(urn);
    };
    for (let changed = true; changed; ) {
      changed = false;
      for (const [record, { seenAfter }] of back) {
        if (!this.#steps.has(record)) continue;
        const to = referencesIn(seenAfter?.properties ?? {}).find(isMissing);
        if (to === undefined) continue;
        this.#stay(record);
        this.#kept.set(record, { record, reason: 'missing', to });
        changed = true;
      }
    }
  }

  result(): UndoPlan {
    return {
      steps: [...this.#steps.values()],
      kept: [...this.#kept.values()],
      alreadyBack: this.#alreadyBack,
    };
  }
}

/** Gives what a view of the design shows. */
function seenOf({ record, hidden }: LayerState, below: NetworkRecord | undefined): NetworkRecord | undefined {
  return record ?? (hidden === undefined ? below : undefined);
}

function isSame(a: LayerState, b: LayerState): boolean {
  if (a === b) return true;
  if (a.hidden !== b.hidden || !a.record !== !b.record) return false;
  if (a.record === b.record) return true;
  return textOf(a) === textOf(b);
}

function textOf({ record }: LayerState): string {
  return canonicalJson([record?.geometry ?? null, record?.properties ?? {}]);
}
