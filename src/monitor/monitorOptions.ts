import type { ReactNode } from 'react';
import { isLanguage } from '../locales/language.ts';
import { type OptionErrors, optionErrors } from '../plugin/optionErrors.ts';
import type { MonitorFilter } from './monitorFilter.ts';
import type { TaskMonitorProps } from './monitorProps.ts';

/** A type, not an interface: only so it fits a host's options, which may have any name. */
export type MonitorPluginOptions = Omit<
  TaskMonitorProps,
  'app' | 'filter' | 'onFilter' | 'onClose' | 'variant' | 'onVariant' | 'host'
> & {
  /**
   * Shows the monitor in a place of the host, such as a column beside the map; undefined takes it away. Without it, the
   * monitor opens in the host's dialog.
   */
  dock?: (content: ReactNode | undefined, variant: 'panel' | 'page') => void;
  /** The monitor was opened, closed (undefined), or filtered: for an address that opens the same list. */
  onChange?: (filter: MonitorFilter | undefined) => void;
};

/** Every option by name: the compiler keeps the list complete. */
const NAMES: Record<keyof MonitorPluginOptions, true> = {
  system: true,
  user: true,
  language: true,
  messages: true,
  packs: true,
  may: true,
  onOpenRun: true,
  onRunAgain: true,
  linkTo: true,
  dock: true,
  onChange: true,
};

/** Throws a TypeError that names the option, what it was and what it should be. */
export function parseMonitorOptions(options: MonitorPluginOptions): MonitorPluginOptions {
  const given: Record<string, unknown> = options;
  const errors: OptionErrors = optionErrors('MonitorPlugin');
  errors.checkNames(given, Object.keys(NAMES));
  errors.checkFunctions(given, ['may', 'onOpenRun', 'onRunAgain', 'linkTo', 'dock', 'onChange']);
  errors.checkMethods('system', given.system, ['enqueueTask', 'streamTaskProgress']);
  errors.checkMessages(given.messages);
  const { packs, language, user } = given;
  if (packs !== undefined && (typeof packs !== 'object' || packs === null))
    errors.fail('packs', 'an object of language packs by language tag', packs);
  if (language !== undefined && !isLanguage(language))
    errors.fail('language', "a language tag such as 'de'", language);
  if (user !== undefined && typeof user !== 'string') errors.fail('user', 'the owner name of the user', user);
  return options;
}
