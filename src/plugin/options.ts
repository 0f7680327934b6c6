import type { SystemClient } from '../client/SystemClient.ts';
import type { TaskOverlay } from '../host/contract.ts';
import { isLanguage } from '../locales/language.ts';
import type { Packs } from '../locales/types.ts';
import { CUSTOMER_CONNECTION_TASK } from '../modal/customerConnection.ts';
import type { ListPoles } from '../modal/DesignPoles.tsx';
import { DEFAULT_COUNT, MAX_COUNT, MIN_COUNT } from '../modal/parseCount.ts';
import { type OptionErrors, optionErrors } from './optionErrors.ts';

/** A type, not an interface: only so it fits a host's options, which may have any name. */
export type LrtPluginOptions = {
  /** Runs the tasks; default: `app.system` at the time of use. */
  system?: SystemClient;
  /** Draws what is being built; default: `app.map.taskOverlay`. */
  overlay?: TaskOverlay;
  /** Words by message key ('create', 'error_timeout', ...); they go before the host's and the plugin's own. */
  messages?: Readonly<Record<string, string>>;
  /** More languages, or other words in ours, by language tag: `{ pt: () => import('./pt.js') }`. */
  packs?: Packs;
  /** BCP 47 ('de', 'pt-BR'); default: the host's. */
  language?: string;
  /** The number of connections that the form offers at first; default 2,000. */
  count?: number;
  /** Default 'customer_connection_task'. It is given `design`, `pole_id` and `count`. */
  taskName?: string;
  /** The poles of a design ('design/NAME'), offered when the user selects a design instead of a pole. */
  listPoles?: ListPoles;
  /** Shows notices at the map's lower inline start when the user's tasks end while no dialog says it; default true. */
  notices?: boolean;
  /** Says in the page's title how far the user's tasks are: '48% · Network planner'; default true. */
  pageTitle?: boolean;
  /** Draws a ring around the page's icon while the user's tasks run; default true. */
  pageIcon?: boolean;
  /**
   * Offers in the dialog of a long task a notification of the system for its end; default true. The browser asks the user
   * for permission only after the click.
   */
  desktopNotifications?: boolean;
  /**
   * Shows a task as a whole, for a click on a notice, a notification or the dialog's title. Default: a click on a notice opens the
   * dialog, for the plugin's own task, and the title is no link.
   */
  openRun?: (taskId: string) => void;
  /** Lists what a run has built in a table of the application's. With it the dialog of a run that succeeded has a button for that. */
  openTable?: (taskId: string) => void;
};

/** The options that are true or false; each is true where it is left out. */
const SWITCHES = ['notices', 'pageTitle', 'pageIcon', 'desktopNotifications'] as const;

export type ResolvedOptions = LrtPluginOptions &
  Required<Pick<LrtPluginOptions, 'count' | 'taskName' | (typeof SWITCHES)[number]>>;

/** The names of what has to be a function, by option. */
const METHODS = {
  system: ['enqueueTask', 'streamTaskProgress'],
  overlay: ['add', 'settle', 'remove'],
} as const;

/** Every option by name: the compiler keeps the list complete. */
const NAMES: Record<keyof LrtPluginOptions, true> = {
  system: true,
  overlay: true,
  messages: true,
  packs: true,
  language: true,
  count: true,
  taskName: true,
  listPoles: true,
  notices: true,
  pageTitle: true,
  pageIcon: true,
  desktopNotifications: true,
  openRun: true,
  openTable: true,
};

/**
 * Throws a TypeError that names the option, what it was and what it should be.
 *
 * @param others names of the options that a host's binding takes besides
 */
export function parseOptions(
  given: Record<string, unknown> = {},
  others: readonly string[] = [],
): ResolvedOptions {
  const errors: OptionErrors = optionErrors('LrtPlugin');
  errors.checkNames(given, [...Object.keys(NAMES), ...others]);
  errors.checkFunctions(given, ['listPoles', 'openRun', 'openTable']);
  for (const name of ['system', 'overlay'] as const) errors.checkMethods(name, given[name], METHODS[name]);
  const { messages, packs, language, taskName, count = DEFAULT_COUNT } = given;
  errors.checkMessages(messages);
  if (packs !== undefined && (typeof packs !== 'object' || packs === null))
    errors.fail('packs', 'an object of language packs by language tag', packs);
  if (language !== undefined && !isLanguage(language))
    errors.fail('language', "a language tag such as 'de'", language);
  if (taskName !== undefined && (typeof taskName !== 'string' || taskName === '')) {
    errors.fail('taskName', 'the name of a task', taskName);
  }
  if (typeof count !== 'number' || !Number.isInteger(count) || count < MIN_COUNT || count > MAX_COUNT) {
    errors.fail('count', `a whole number from ${MIN_COUNT} to ${MAX_COUNT}`, count);
  }
  const isOn = (name: (typeof SWITCHES)[number]): boolean => {
    const value = given[name] ?? true;
    return typeof value === 'boolean' ? value : errors.fail(name, 'true or false', value);
  };
  return {
    ...given,
    count,
    taskName: typeof taskName === 'string' ? taskName : CUSTOMER_CONNECTION_TASK,
    notices: isOn('notices'),
    pageTitle: isOn('pageTitle'),
    pageIcon: isOn('pageIcon'),
    desktopNotifications: isOn('desktopNotifications'),
  };
}
