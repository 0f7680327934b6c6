import type { SystemClient } from '../client/SystemClient.ts';
import type { TaskOverlay } from '../host/contract.ts';
import { isLanguage } from '../locales/language.ts';
import type { Packs } from '../locales/types.ts';
import { optionErrors } from '../plugin/optionErrors.ts';

/** The task of the server that plans an area. */
export const PLAN_AREA_TASK = 'plan_area_task';

/** A type, not an interface: only so it fits a host's options, which may have any name. */
export type PlanPluginOptions = {
  /** Runs the tasks; default: `app.system` at the time of use. */
  system?: SystemClient;
  /** Draws what is being built; default: `app.map.taskOverlay`. */
  overlay?: TaskOverlay;
  /** Words by message key ('plan_start', ...); they go before the host's and the plugin's own. */
  messages?: Readonly<Record<string, string>>;
  /** More languages, or other words in ours, by language tag: `{ pt: () => import('./pt.js') }`. */
  packs?: Packs;
  /** BCP 47 ('de', 'pt-BR'); default: the host's. */
  language?: string;
  /** Default 'plan_area_task'. It is given `design`, `area`, `feed`, `rules`, `prices` and `currency`. */
  taskName?: string;
  /** Shows a task as a whole, for a click on the dialog's title. Without it the title is no link. */
  openRun?: (taskId: string) => void;
  /** Lists what a run has built in a table of the application's. With it the dialog of a run that succeeded has a button for that. */
  openTable?: (taskId: string) => void;
};

export type ResolvedPlanOptions = PlanPluginOptions & { taskName: string };

const NAMES: Record<keyof PlanPluginOptions, true> = {
  system: true,
  overlay: true,
  messages: true,
  packs: true,
  language: true,
  taskName: true,
  openRun: true,
  openTable: true,
};

/** Throws a TypeError that names the option, what it was and what it should be. */
export function parsePlanOptions(given: Record<string, unknown>): ResolvedPlanOptions {
  const errors: ReturnType<typeof optionErrors> = optionErrors('PlanPlugin');
  errors.checkNames(given, Object.keys(NAMES));
  errors.checkFunctions(given, ['openRun', 'openTable']);
  errors.checkMethods('system', given.system, ['enqueueTask', 'streamTaskProgress']);
  errors.checkMethods('overlay', given.overlay, ['add', 'settle', 'remove']);
  const { messages, packs, language, taskName = PLAN_AREA_TASK } = given;
  errors.checkMessages(messages);
  if (packs !== undefined && (typeof packs !== 'object' || packs === null))
    errors.fail('packs', 'an object of language packs by language tag', packs);
  if (language !== undefined && !isLanguage(language))
    errors.fail('language', "a language tag such as 'de'", language);
  const name = typeof taskName === 'string' && taskName !== '' ? taskName : undefined;
  return { ...given, taskName: name ?? errors.fail('taskName', 'the name of a task', taskName) };
}
