import type { SystemClient } from '../client/SystemClient.ts';
import { isTerminal } from '../contract/index.ts';
import type { ButtonStatus, ButtonStatusSource } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';
import { MonitorTasks } from './MonitorTasks.ts';

/** A larger number is '99+'. */
const MOST = 99;

/** The badge of the "Tasks" button: how many tasks run, and whether one failed that nobody has looked at. */
export interface TasksBadge extends ButtonStatusSource {
  /** The monitor is open: its user looks at every failure. */
  setOpen(isOpen: boolean): void;
  /** The words have changed. */
  refresh(): void;
  dispose(): void;
}

/**
 * Watches the tasks of a client for the badge. Nothing is counted where the client cannot list tasks.
 *
 * @example
 * const badge = createTasksBadge(app.system, () => translator);
 */
export function createTasksBadge(system: SystemClient | undefined, words: () => Translator): TasksBadge {
  const listeners = new Set<() => void>();
  let isOpen = false;
  let hasFailure = false;
  let status: ButtonStatus | undefined;
  const store = system?.listTasks ? new MonitorTasks(system, {}, { activeOnly: true }) : undefined;

  function refresh(): void {
    let [running, waiting] = [0, 0];
    for (const task of store?.tasks.values() ?? []) {
      if (task.status === 'running') running += 1;
      else if (!isTerminal(task.status)) waiting += 1;
    }
    const { msg, language } = words();
    const text =
      running > MOST ? `${numberFormat(language).format(MOST)}+` : numberFormat(language).format(running);
    const next: ButtonStatus = {
      phase: 'running',
      percent: null,
      text: running + waiting > 0 ? msg('tasks_named', { running, waiting }) : msg('tasks'),
      badge: { text: running > 0 ? text : hasFailure ? '!' : '', isError: hasFailure },
    };
    if (JSON.stringify(next) === JSON.stringify(status)) return;
    status = next;
    for (const listener of [...listeners]) listener();
  }

  const stops = [
    store?.subscribe(refresh),
    store?.onChange(({ kind, task }) => {
      if (kind === 'ended' && task.status === 'failed' && !isOpen) hasFailure = true;
    }),
    store?.start(),
  ];
  refresh();
  return {
    getState: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setOpen(open) {
      isOpen = open;
      if (open) hasFailure = false;
      refresh();
    },
    refresh,
    dispose() {
      for (const stop of stops) stop?.();
      listeners.clear();
    },
  };
}
