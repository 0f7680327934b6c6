/** The log of a task with its words, for whoever has the lines: the monitor, or an application's own panel. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { TaskLogEntry } from '../../client/taskStore.ts';
import { LogBuffer } from './LogBuffer.ts';
import { LogView, type LogViewProps } from './LogView.tsx';
import { RunWordsProvider } from './RunWordsProvider.tsx';
import type { RunPageProps } from './runPageProps.ts';

/** One line of a log: its level, its message and its time (ISO 8601). */
export type LogLine = TaskLogEntry;

export interface LogPanelProps
  extends Omit<LogViewProps, 'log'>,
    Pick<RunPageProps, 'app' | 'packs' | 'language'> {
  /** Oldest first. A longer list than the one before adds lines; one that does not go on from it replaces them. */
  lines: readonly LogLine[];
}

/** It fills the box that it is given. */
export function LogPanel({ lines, app, packs, language, ...view }: LogPanelProps) {
  const [log] = useState(() => new LogBuffer());
  const taken = useRef<readonly LogLine[]>([]);
  useLayoutEffect(() => {
    const before = taken.current;
    const newest = before.at(-1);
    // A store of a task keeps the newest lines only, so the last known one may have moved towards the front.
    const from = newest === undefined ? 0 : lines.lastIndexOf(newest) + 1;
    if (newest !== undefined && from === 0) log.clear();
    log.append(lines.slice(from));
    taken.current = lines;
  }, [log, lines]);
  return (
    <RunWordsProvider {...{ app, packs, language }}>
      <LogView log={log} {...view} />
    </RunWordsProvider>
  );
}
