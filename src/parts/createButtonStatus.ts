import type { TaskState } from '../client/taskStore.ts';
import type { ButtonStatus, ButtonStatusSource, HostApplication } from '../host/contract.ts';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { formatPercent } from '../locales/intl.ts';
import { partsLocales } from '../locales/loadLocale.ts';
import { phaseOf } from './phaseOf.ts';
import { statusText } from './statusText.ts';
import type { TaskControls } from './TaskSession.ts';
import { languageOf } from './useTranslation.ts';

export interface ButtonStatusOptions {
  app: Pick<HostApplication, 'localisation'>;
  session: Pick<TaskControls, 'getState' | 'subscribe'>;
  /** The plugin's own words, before those of the parts. Default: the parts' words in the host's language. */
  translator?: () => Translator;
}

/** The status of a plugin's button, and what the plugin says to it. */
export interface ButtonStatusControl extends ButtonStatusSource {
  /** The dialog was opened or closed: whoever has it open sees how the task ended, and the button need not say it. */
  setOpen(open: boolean): void;
  /** The words of `translator` are other ones now, for example because a language has been loaded. */
  refresh(): void;
  /** The plugin is removed: nothing is shown any more, and nobody is called. */
  dispose(): void;
}

/**
 * Says on a plugin's button how far its task is while the dialog is closed, and how it ended until the dialog was
 * opened. Give it to the host as the plugin's `buttonStatus`.
 *
 * @example
 * class LabelPolesPlugin extends Plugin {
 *   readonly session = createTaskSession({ app: this.app, taskName: 'label_poles', pluginId: 'labelPoles' });
 *   readonly buttonStatus = createButtonStatus({ app: this.app, session: this.session });
 * }
 */
export function createButtonStatus(options: ButtonStatusOptions): ButtonStatusControl {
  const { app, session } = options;
  const listeners = new Set<() => void>();
  let open = false;
  let disposed = false;
  /** The task whose end was seen. */
  let seen: string | undefined;
  let state: ButtonStatus | undefined;

  const translator =
    options.translator ??
    (() => {
      const language = languageOf(app);
      return createTranslator({ locale: partsLocales.of(language), hostLanguage: language });
    });

  function read(): ButtonStatus | undefined {
    const { task } = session.getState();
    if (disposed || !task) return undefined;
    const next = statusOf(task, translator());
    const over = next.phase !== 'waiting' && next.phase !== 'running';
    if (over && open) seen = task.id;
    if (!over && seen === task.id) seen = undefined;
    return over && seen === task.id ? undefined : next;
  }

  function getState(): ButtonStatus | undefined {
    const next = read();
    const same =
      next?.text === state?.text && next?.phase === state?.phase && next?.percent === state?.percent;
    if (!same) state = next;
    return state;
  }

  function update(): void {
    const before = state;
    if (getState() !== before) for (const listener of [...listeners]) listener();
  }

  const unsubscribe = session.subscribe(update);
  // Until the words are here, the button has the English ones. Where they cannot be had, it keeps those.
  if (!options.translator) partsLocales.load(languageOf(app)).then(update, () => undefined);
  return {
    getState,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setOpen(isOpen) {
      open = isOpen;
      update();
    },
    refresh: update,
    dispose() {
      disposed = true;
      unsubscribe();
      update();
      listeners.clear();
    },
  };
}

function statusOf(task: TaskState, translator: Translator): ButtonStatus {
  const phase = phaseOf(task);
  const { language, msg } = translator;
  if (phase === 'lost') return { phase, percent: null, text: msg('lost_heading') };
  if (phase !== 'running') {
    return {
      phase: phase === 'setup' ? 'waiting' : phase,
      percent: null,
      text: statusText(task, translator),
    };
  }
  // Whole percents: the button is not redrawn for less.
  const percent = task.progress.percent === null ? null : Math.floor(task.progress.percent);
  const running = task.status === 'running';
  const text =
    running && percent !== null && !task.cancelRequested
      ? formatPercent(percent, language)
      : statusText(task, translator);
  return { phase: running ? 'running' : 'waiting', percent: running ? percent : null, text };
}
