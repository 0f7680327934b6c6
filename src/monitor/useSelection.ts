import { useCallback, useMemo, useRef, useState } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import type { Section } from './sections.ts';

export interface Selection {
  /** The selected tasks, as they are now. */
  tasks: readonly TaskSnapshot[];
  has(id: string): boolean;
  /** `range`: from the row that was toggled last to this one. */
  toggle(id: string, range: boolean): void;
  selectAll(): void;
  clear(): void;
}

/** The rows that the user has selected. A task that is gone is not selected any more. */
export function useSelection(
  sections: readonly Section[],
  taskOf: (id: string) => TaskSnapshot | undefined,
): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const shown = useMemo(() => sections.flatMap(({ rows }) => rows.map(({ id }) => id)), [sections]);
  const toggle = useCallback(
    (id: string, range: boolean) => {
      const [from, to] = [shown.indexOf(last.current ?? ''), shown.indexOf(id)].sort(
        (one, other) => one - other,
      );
      const several = range && from !== undefined && from >= 0 && to !== undefined;
      const wanted = several ? shown.slice(from, to + 1) : [id];
      last.current = id;
      setIds((before) => {
        const next = new Set(before);
        for (const each of wanted) {
          if (!several && before.has(each)) next.delete(each);
          else next.add(each);
        }
        return next;
      });
    },
    [shown],
  );
  const selectAll = useCallback(() => setIds(new Set(shown)), [shown]);
  const clear = useCallback(() => setIds(new Set()), []);
  const tasks = ids.size === 0 ? NONE : shown.flatMap((id) => (ids.has(id) ? (taskOf(id) ?? []) : []));
  return { tasks, has: (id) => ids.has(id), toggle, selectAll, clear };
}

const NONE: readonly TaskSnapshot[] = [];
