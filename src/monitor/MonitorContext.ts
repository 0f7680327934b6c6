import { createContext, useContext } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import type { Sheet } from './TaskSheet.tsx';
import type { TaskAction, TaskActions } from './taskActions.ts';
import type { OpenedRuns } from './useOpenedRuns.ts';

/** All rows share this. */
export interface Monitor {
  words: Translator;
  /** The owner name of the user, as far as it is known. */
  user: string | undefined;
  actions: TaskActions;
  /** Asks the user before it acts, where something would be lost. */
  ask(action: TaskAction, tasks: readonly TaskSnapshot[]): void;
  /** Shows the place of a task on the map. Absent where the host has no map. */
  zoomTo?: ((task: TaskSnapshot) => void) | undefined;
  /** Opens the log of a task, or its parameters for another run. */
  open(kind: Sheet['kind'], task: TaskSnapshot): void;
  /** The workflows of the list whose rows are open. */
  runs: Pick<OpenedRuns, 'has' | 'toggle'>;
  /** Opens the run of a task. */
  openRun?: ((taskId: string) => void) | undefined;
  /** The address of a run, for others. */
  linkTo?: ((taskId: string) => string) | undefined;
  /** Shows a task of the list, such as the one that another waits for. */
  show(taskId: string): void;
  /** Says something to users of a screen reader. */
  say(text: string): void;
  /** The task's colour on the map. Absent where the host has no map. */
  colourOf?: ((taskId: string) => string | undefined) | undefined;
  /** The time that is left, as an honest interval: '8 to 12 sec left'. */
  leftOf(task: TaskSnapshot, nowMs: number): string | undefined;
  /** The server's time for a local one, Unix time in milliseconds. */
  serverTime(nowMs: number): number;
}

export const MonitorContext = createContext<Monitor | undefined>(undefined);

export function useMonitor(): Monitor {
  const monitor = useContext(MonitorContext);
  if (!monitor) throw new Error('A row of the task monitor has to be inside of TaskMonitor');
  return monitor;
}
