import { useEffect } from 'react';
import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import { formatPercent } from '../locales/intl.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { useTaskOf } from './ListedTask.tsx';
import { useMonitor } from './MonitorContext.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

export interface HotOutlineProps {
  store: MonitorTasks;
  /** The task of the row that is pointed at or has the focus. */
  id: string;
  onHot(task: TaskSnapshot | undefined, label: string): void;
}

/** Frames on the map the place of the task that a row of the list is about, as long as it is shown. */
export function HotOutline({ store, id, onHot }: HotOutlineProps) {
  const { words } = useMonitor();
  const task = useTaskOf(store, id);
  const isListed = store.tasks.has(id);
  useEffect(() => {
    if (!task || !isListed) return;
    const { percent } = task.progress;
    const title = taskTitle(task, words);
    const isOver = isTerminal(task.status);
    onHot(task, percent === null || isOver ? title : `${title} · ${formatPercent(percent, words.language)}`);
  }, [task, isListed, words, onHot]);
  useEffect(() => () => onHot(undefined, ''), [onHot]);
  return null;
}
