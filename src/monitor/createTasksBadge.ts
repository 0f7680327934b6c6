import type { SystemClient } from '../client/SystemClient.ts';
import { isNodeTask, isTerminal } from '../contract/index.ts';
import type { ButtonStatus, ButtonStatusSource } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { numberFormat } from '../locales/intl.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

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
 * Watches the tasks of a client for the badge. Nothing is counted where the client cannot list tasks. The code that watches is
 * fetched after the page has drawn its button.
 *
 * @example
 * const badge = createTasksBadge(app.system, () => translator);
 */
export function createTasksBadge(system: SystemClient | undefined, words: () => Translator): TasksBadge {
  const listeners = new Set<() => void>();
  let isOpen = false;
  let hasFailure = false;
  let status: ButtonStatus | undefined;
  let isOver = false;
  let store: MonitorTasks | undefined;
  let stops: (() => void)[] = [];

  function refresh(): void {
    let [running, waiting] = [0, 0];
    for (const task of store?.tasks.values() ?? []) {
      if (isNodeTask(task)) continue;
      if (task.status === 'running') running += 1;
      else if (!isTerminal(task.status)) waiting += 1;
    }
    const { find, msg, language } = words();
    const text =
      running > MOST ? `${numberFormat(language).format(MOST)}+` : numberFormat(language).format(running);
    const next: ButtonStatus = {
      phase: 'running',
      percent: null,
      text: (running + waiting > 0 && find('tasks_named', { running, waiting })) || msg('tasks'),
      badge: { text: running > 0 ? text : hasFailure ? '!' : '', isError: hasFailure },
    };
    if (JSON.stringify(next) === JSON.stringify(status)) return;
    status = next;
    for (const listener of [...listeners]) listener();
  }

  if (system?.listTasks) {
    import('./MonitorTasks.ts').then(
      ({ MonitorTasks: Tasks }) => {
        if (isOver) return;
        store = new Tasks(system, {}, { activeOnly: true });
        stops = [
          store.subscribe(refresh),
          store.onChange(({ kind, task }) => {
            if (kind === 'ended' && task.status === 'failed' && !isOpen) hasFailure = true;
          }),
          store.start(),
        ];
      },
      // The button stays without a number, and opens the monitor all the same.
      () => undefined,
    );
  }
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
      isOver = true;
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
