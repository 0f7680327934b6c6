/** Reads two runs and compares what they built, for the page that compares them. */
import { useEffect, useMemo, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { type Failure, toTaskError } from '../../client/taskStore.ts';
import type { ItemFailure, TaskSnapshot } from '../../contract/index.ts';
import type { RunComparison } from '../../host/contract.ts';
import { hostCall } from '../../parts/hostCall.ts';
import { compareFeatures } from './compareFeatures.ts';
import { featuresInResult } from './featuresInResult.ts';
import type { LoadFeatures } from './runPageProps.ts';

/** A run that is read, or why it could not be. */
export interface ReadRun {
  task?: TaskSnapshot;
  error?: Failure;
}

/** Reads a run once. Undefined until the server has answered. */
export function useReadRun(
  system: SystemClient,
  taskId: string | undefined,
  tries: number,
): ReadRun | undefined {
  const [answer, setAnswer] = useState<ReadRun & { of: string }>();
  const of = `${taskId} ${tries}`;
  useEffect(() => {
    if (taskId === undefined) return;
    const calls = new AbortController();
    const { signal } = calls;
    const take = (read: ReadRun) => {
      if (!signal.aborted) setAnswer({ ...read, of });
    };
    hostCall(() => system.getTask?.(taskId, { signal })).then(
      (task) =>
        take(task ? { task } : { error: { code: 'not-found', message: 'This client cannot read a task' } }),
      (thrown) => take({ error: toTaskError(thrown) }),
    );
    return () => calls.abort();
  }, [system, taskId, of]);
  return taskId !== undefined && answer?.of === of ? answer : undefined;
}

export interface ComparedFeatures extends RunComparison {
  /** False where a part of what the runs built is not known any longer. */
  isComplete: boolean;
}

/** `unknown`: nobody knows any more what one of the runs built. */
export type FeatureComparison =
  | { state: 'loading' | 'unknown' }
  | { state: 'ready'; compared: ComparedFeatures };

/** Compares what two runs built, once both are read. */
export function useFeatureComparison(
  a: TaskSnapshot | undefined,
  b: TaskSnapshot | undefined,
  load: LoadFeatures | undefined,
): FeatureComparison {
  const [found, setFound] = useState<{ a: TaskSnapshot; b: TaskSnapshot; result: FeatureComparison }>();
  useEffect(() => {
    if (!a || !b) return;
    const calls = new AbortController();
    const { signal } = calls;
    const take = (result: FeatureComparison) => {
      if (!signal.aborted) setFound({ a, b, result });
    };
    const featuresOf = async (task: TaskSnapshot) =>
      featuresInResult(task) ?? (await load?.(task, { signal }));
    Promise.all([featuresOf(a), featuresOf(b)]).then(
      ([ofA, ofB]) => {
        if (!ofA || !ofB) return take({ state: 'unknown' });
        take({
          state: 'ready',
          compared: {
            ...compareFeatures(ofA.features, ofB.features),
            isComplete: ofA.isComplete && ofB.isComplete,
          },
        });
      },
      // The table of parameters and results is right without it, and the page says that the map shows no difference.
      () => take({ state: 'unknown' }),
    );
    return () => calls.abort();
  }, [a, b, load]);
  return found && found.a === a && found.b === b ? found.result : { state: 'loading' };
}

/** An item that failed in one of two runs, or in both for another reason. */
export interface ComparedItem {
  id: string;
  a: ItemFailure | undefined;
  b: ItemFailure | undefined;
}

/** The items that failed in one of the runs only, or for another reason, among the failures that the server lists. */
export function useComparedItems(a: TaskSnapshot, b: TaskSnapshot): ComparedItem[] {
  return useMemo(() => compareItems(a.items?.failures ?? [], b.items?.failures ?? []), [a, b]);
}

/** See `useComparedItems`. */
export function compareItems(a: readonly ItemFailure[], b: readonly ItemFailure[]): ComparedItem[] {
  const ofB = new Map(b.map((item) => [item.id, item]));
  const inA = new Set(a.map(({ id }) => id));
  return [
    ...a.map((item) => ({ id: item.id, a: item, b: ofB.get(item.id) })),
    ...b.filter(({ id }) => !inA.has(id)).map((item) => ({ id: item.id, a: undefined, b: item })),
  ].filter((item) => item.a?.code !== item.b?.code);
}
