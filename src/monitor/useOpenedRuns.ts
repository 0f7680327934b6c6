import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { Row, Section } from './sections.ts';
import type { OpenedRun } from './workflow/OpenedRun.ts';

/** The height of a node's row, in CSS pixels. */
const NODE_HEIGHT = 28;
/** So many runs are followed at once: opening one more closes the one that was opened first. */
const MOST_OPEN = 10;

/** The workflows of the list whose rows are open. */
export interface OpenedRuns {
  has(runId: string): boolean;
  toggle(runId: string): void;
  runOf(runId: string): OpenedRun | undefined;
  /** The sections with a row for each node below the rows that are open. */
  withNodes(sections: readonly Section[]): readonly Section[];
}

/** The id of a node's row: no task has a line feed in its id. */
export const nodeRowId = (runId: string, key: string): string => `${runId}\n${key}`;

export function useOpenedRuns(system: SystemClient): OpenedRuns {
  const [open, setOpen] = useState<readonly string[]>([]);
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const runs = useRef(new Map<string, OpenedRun>());

  useEffect(() => {
    let isOver = false;
    const followed = runs.current;
    for (const [id, run] of followed) {
      if (open.includes(id)) continue;
      run.close();
      followed.delete(id);
    }
    if (open.some((id) => !followed.has(id))) {
      import('./workflow/OpenedRun.ts').then(
        ({ openRun }) => {
          if (isOver) return;
          for (const id of open) {
            if (followed.has(id)) continue;
            const opened = openRun(system, id);
            followed.set(id, opened);
            // It ends with the run that it listens to.
            opened.run.subscribe(changed);
          }
          changed();
        },
        // The row stays closed, as it was.
        () => setOpen([]),
      );
    }
    return () => {
      isOver = true;
    };
  }, [system, open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another client has other runs.
  useEffect(() => {
    const followed = runs.current;
    return () => {
      for (const run of followed.values()) run.close();
      followed.clear();
      setOpen([]);
    };
  }, [system]);

  const toggle = useCallback((runId: string) => {
    setOpen((before) =>
      before.includes(runId) ? before.filter((id) => id !== runId) : [...before, runId].slice(-MOST_OPEN),
    );
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the runs change in place, and `version` says when.
  return useMemo(() => {
    const rowsOf = (runId: string): Row[] => {
      const index = open.includes(runId) ? runs.current.get(runId)?.run.getState().index : undefined;
      return (index?.order ?? []).map((key) => ({
        id: nodeRowId(runId, key),
        height: NODE_HEIGHT,
        node: { run: runId, key },
      }));
    };
    return {
      has: (runId) => open.includes(runId),
      toggle,
      runOf: (runId) => runs.current.get(runId),
      withNodes: (sections) =>
        open.length === 0
          ? sections
          : sections.map((section) => ({
              ...section,
              rows: section.rows.flatMap((row) => [row, ...rowsOf(row.id)]),
            })),
    };
  }, [open, toggle, version]);
}
