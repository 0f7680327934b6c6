import {
  boundsOf,
  type GeoFeature,
  MAX_PREVIEW_FEATURES,
  MAX_PREVIEW_LINES,
  type PreviewRequest,
  type TaskPreview,
  type TaskSnapshot,
} from '../../../src/contract/index.ts';
import type { Store } from '../../common/Store.ts';
import { isTaskRefusal } from '../../common/TaskRefusal.ts';
import { Turns } from '../../common/Turns.ts';
import { refuseForbidden } from '../access.ts';
import type { PreviewDraft, TaskDefinition } from '../defineTask.ts';
import { completeParams } from '../readParams.ts';
import type { Caller, TaskEngine } from '../TaskEngine.ts';
import { refusals, toTaskError } from '../taskErrors.ts';
import { validateParams } from '../validateParams.ts';
import { estimateDuration } from './estimateDuration.ts';

/** A definition has this long to say what it would do. */
const PATIENCE_MS = 15_000;
/** Previews that one engine makes at the same time: all of them compute in the process that answers everybody. */
const AT_ONCE = 4;
/** Others wait for so long, and so many of them. */
const WAIT_MS = 5_000;
const MOST_WAITING = 32;
/** One owner has so many of them, those that wait included. A page asks again before the last answer is there, when its user moves a slider. */
const AT_ONCE_OF_OWNER = 2;
/** The features of an answer, in characters of JSON. */
const MAX_FEATURE_CHARS = 4 * 2 ** 20;
/** The duration is estimated from so many earlier runs. */
const RUNS = 100;

/**
 * Makes the previews of an engine, by the same steps as a start: the permission, the params, the definition's `check`. Their
 * refusal is a part of the answer.
 */
export class TaskPreviews<Work extends object> {
  readonly #engine: Pick<TaskEngine, 'get' | 'list'>;
  readonly #store: Store<Work>;
  /** By owner: the previews that are being made. */
  readonly #running = new Map<string, number>();
  readonly #turns = new Turns({
    atOnce: AT_ONCE,
    mostWaiting: MOST_WAITING,
    refusal: refusals.tooManyPreviews,
  });

  constructor(engine: Pick<TaskEngine, 'get' | 'list'>, store: Store<Work>) {
    this.#engine = engine;
    this.#store = store;
  }

  /**
   * Rejects with 'unknown-task', 'forbidden', 'no-preview' where the definition has none, 'rate-limited' where too many
   * are being made, 'timeout', and with the signal's reason.
   */
  async preview(
    request: PreviewRequest,
    caller: Caller,
    {
      definitions,
      signal,
    }: {
      definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
      signal?: AbortSignal | undefined;
    },
  ): Promise<TaskPreview> {
    const definition = definitions.get(request.name);
    if (!definition) throw refusals.unknownTask(request.name, [...definitions.keys()]);
    refuseForbidden(definition, caller);
    if (!definition.preview) throw refusals.noPreview(definition.name);
    const leave = this.#enter(caller.owner);
    let endTurn: (() => void) | undefined;
    try {
      endTurn = await this.#turn(signal);
      return await this.#inTime(definition, signal, (within) =>
        this.#make(definition, request.params, { caller, definitions }, within),
      );
    } finally {
      endTurn?.();
      leave();
    }
  }

  /** Waits for a place, not for ever. */
  async #turn(signal: AbortSignal | undefined): Promise<() => void> {
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(refusals.tooManyPreviews()), WAIT_MS);
    const giveUp = () => waiting.abort(signal?.reason);
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    try {
      return await this.#turns.take(waiting.signal);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async #make(
    definition: TaskDefinition<unknown, unknown, Work>,
    given: Record<string, unknown>,
    {
      caller,
      definitions,
    }: { caller: Caller; definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>> },
    signal: AbortSignal,
  ): Promise<TaskPreview> {
    try {
      const find = (id: string) => this.#engine.get(id, caller);
      const { params } = await completeParams(definition, given, caller, { definitions, find });
      const parsed = await validateParams(definition, params);
      const draft = await this.#rehearse(definition, parsed, signal);
      return await this.#complete(definition, draft);
    } catch (error) {
      // A refusal is what the user asked for. An outage or a bug is not.
      if (!isTaskRefusal(error) || error.error.code === 'unavailable' || signal.aborted) throw error;
      return { refusal: toTaskError(error), counts: [], features: [], featureTotal: 0, remarks: [] };
    }
  }

  async #rehearse(
    definition: TaskDefinition<unknown, unknown, Work>,
    params: unknown,
    signal: AbortSignal,
  ): Promise<PreviewDraft> {
    const transaction = this.#store.rehearse?.() ?? this.#store.begin();
    try {
      await definition.check?.(params, transaction.work);
      signal.throwIfAborted();
      return (await definition.preview?.(params, { ...transaction.work, signal })) ?? {};
    } finally {
      transaction.rollback();
    }
  }

  async #complete(
    definition: TaskDefinition<unknown, unknown, Work>,
    { size, ...draft }: PreviewDraft,
  ): Promise<TaskPreview> {
    const { tasks } = await this.#engine.list(
      { name: definition.name, status: 'succeeded', limit: RUNS },
      { owner: '', admin: true },
    );
    const runs = tasks.flatMap(runOf).reverse();
    const duration = estimateDuration(runs, size);
    const features = draft.features ?? [];
    const bbox = draft.bbox ?? boundsOf(features.map(({ geometry }) => geometry));
    return {
      counts: (draft.counts ?? []).slice(0, MAX_PREVIEW_LINES),
      ...(bbox && { bbox }),
      features: cut(features),
      featureTotal: Math.max(draft.featureTotal ?? 0, features.length),
      ...(draft.bill && { bill: draft.bill.slice(0, MAX_PREVIEW_LINES) }),
      ...(draft.currency !== undefined && { currency: draft.currency }),
      remarks: (draft.remarks ?? []).slice(0, MAX_PREVIEW_LINES),
      ...(duration && { duration }),
      ...(draft.exactParams && { exactParams: draft.exactParams }),
    };
  }

  /** The work's own time, and that of the caller. A definition that never looks at its signal is left behind. */
  async #inTime<T>(
    { name }: { name: string },
    signal: AbortSignal | undefined,
    work: (within: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const ending = new AbortController();
    const late = refusals.previewTimeout(name, PATIENCE_MS / 1_000);
    const timer = setTimeout(() => ending.abort(late), PATIENCE_MS);
    const giveUp = () => ending.abort(signal?.reason);
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    try {
      return await Promise.race([
        work(ending.signal),
        new Promise<never>((_, reject) => {
          const onAbort = () => reject(ending.signal.reason);
          if (ending.signal.aborted) onAbort();
          else ending.signal.addEventListener('abort', onAbort, { once: true });
        }),
      ]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #enter(owner: string): () => void {
    const mine = this.#running.get(owner) ?? 0;
    if (mine >= AT_ONCE_OF_OWNER) throw refusals.tooManyPreviews();
    this.#running.set(owner, mine + 1);
    return () => {
      const left = (this.#running.get(owner) ?? 1) - 1;
      if (left > 0) this.#running.set(owner, left);
      else this.#running.delete(owner);
    };
  }
}

function runOf({ startedAt, finishedAt, progress }: TaskSnapshot): { seconds: number; size?: number }[] {
  const seconds = (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1_000;
  if (!Number.isFinite(seconds)) return [];
  return [{ seconds, ...(progress.total !== undefined && { size: progress.total }) }];
}

function cut(features: readonly GeoFeature[]): GeoFeature[] {
  let chars = 0;
  const kept: GeoFeature[] = [];
  for (const feature of features.slice(0, MAX_PREVIEW_FEATURES)) {
    chars += JSON.stringify(feature).length;
    if (chars > MAX_FEATURE_CHARS) break;
    kept.push(feature);
  }
  return kept;
}
