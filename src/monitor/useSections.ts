import { useMemo, useRef } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import { designOf, outcomeText, taskTitle } from '../parts/taskWords.ts';
import { useMonitor } from './MonitorContext.ts';
import type { MonitorState, MonitorTasks } from './MonitorTasks.ts';
import type { MonitorFilter } from './monitorFilter.ts';
import { type Section, sectionsOf } from './sections.ts';
import { dayName } from './times.ts';

export interface SectionsInput {
  store: MonitorTasks;
  state: MonitorState;
  filter: MonitorFilter;
  isTable: boolean;
  /** The pointer or the focus is in the list: its rows stay where they are. */
  isHeld: boolean;
  /** Local time, Unix time in milliseconds. */
  nowMs: number;
}

/** The sections of the list. They are the same object until a row comes, goes or moves. */
export function useSections({
  store,
  state,
  filter,
  isTable,
  isHeld,
  nowMs,
}: SectionsInput): readonly Section[] {
  const words = useTranslator();
  const { user } = useMonitor();
  const { structure } = state;
  const minute = Math.floor(nowMs / 60_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map of tasks changes in place, and `structure` says when.
  const sections = useMemo(() => {
    const localMs = minute * 60_000 + 59_999;
    return sectionsOf(store.tasks.values(), {
      filter,
      endedNow: store.endedNow,
      nowMs: store.clock.at(localMs),
      isTable,
      titleOf: (task) => taskTitle(task, words),
      outcomeOf: (task) => `${designOf(task) ?? ''}${outcomeText(task, words, { user }) ?? ''}`,
      labels: {
        running: words.msg('status_running'),
        waiting: words.msg('waiting'),
        endedNow: words.msg('ended_now'),
      },
      dayOf: (ms) => dayName(ms, localMs, words.language),
    });
  }, [store, structure, filter, isTable, words, user, minute]);

  const key = JSON.stringify([filter, isTable, words.language]);
  const kept = useRef({ sections, key, store });
  const isSame = kept.current.key === key && kept.current.store === store;
  // Older tasks are asked for by scrolling, at the end of the list: they move no row.
  const grown = filter.view === 'finished' && state.isReadingOlder;
  if (!isHeld || !isSame || kept.current.sections.length === 0 || grown)
    kept.current = { sections, key, store };
  return kept.current.sections;
}
