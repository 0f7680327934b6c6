import { useMemo } from 'react';
import { useEventValue, useNearestApplication } from './ApplicationContext.ts';
import type { Msg } from './contract.ts';
import { Localisation } from './localisation.ts';

export interface HostLocale {
  msg: Msg;
  /** BCP 47: 'en', 'de', 'ar'. */
  language: string;
  direction: 'ltr' | 'rtl';
}

/**
 * The messages of a group. The component renders again when the language changes. The application is the one around the
 * component or, where the component was rendered by other means, the latest one.
 *
 * @example const { msg } = useLocale('LRT');
 */
export function useLocale(group: string): HostLocale {
  const application = useNearestApplication();
  if (!application) {
    throw new Error(`useLocale('${group}') found no application: call createApplication() first`);
  }
  const { localisation } = application;
  const setting = useEventValue(localisation, 'changed', () => localisation.setting);
  return useMemo(
    () => ({ ...setting, msg: (key, values) => localisation.msg(group, key, values) }),
    [localisation, group, setting],
  );
}

const NO_MESSAGES = /* @__PURE__ */ new Localisation('en');

/** For components that also work without an application: its localisation, or one that has no messages. */
export function useLocalisation(): Localisation {
  const application = useNearestApplication();
  const localisation = application?.localisation ?? NO_MESSAGES;
  useEventValue(localisation, 'changed', () => localisation.setting);
  return localisation;
}
