import { createContext, useContext } from 'react';
import { ApplicationContext } from '../../src/host/ApplicationContext.ts';
import type { ApplicationView } from '../../src/host/ApplicationView.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import type { Localisation } from '../../src/host/localisation.ts';
import type { HostLocale } from '../../src/host/useLocale.ts';

/** Another value whenever the language or its messages change: what reads it renders again. */
export const LanguageContext = createContext<Localisation['setting'] | null>(null);

interface Known {
  setting: Localisation['setting'];
  locale: HostLocale;
}

// By application and group, so that `msg` is the same function until the language changes.
const known = new WeakMap<Localisation, Map<string, Known>>();

/**
 * The host's `useLocale` for plugins that call it where a hook cannot be: from a helper that only some renders call,
 * or from a handler. React warns of it while developing. Public plugins do so, so it works here.
 */
export function useLocale(group: string): HostLocale {
  const application = useApplicationAround() ?? latestApplication();
  if (!application) {
    throw new Error(`useLocale('${group}') found no application: call startApplication() first`);
  }
  const { localisation } = application;
  const { setting } = localisation;
  const groups = known.get(localisation) ?? new Map<string, Known>();
  known.set(localisation, groups);
  const last = groups.get(group);
  if (last?.setting === setting) return last.locale;
  const locale: HostLocale = {
    ...setting,
    msg: (key, values) => localisation.msg(group, key, values),
  };
  groups.set(group, { setting, locale });
  return locale;
}

/** Reads contexts and nothing else: unlike other hooks these may come and go between renders. */
function useApplicationAround(): ApplicationView | null {
  try {
    // biome-ignore lint/correctness/useHookAtTopLevel: a context may be read conditionally, and that is the point
    useContext(LanguageContext);
    // biome-ignore lint/correctness/useHookAtTopLevel: as above
    return useContext(ApplicationContext);
  } catch {
    // Not while rendering.
    return null;
  }
}
