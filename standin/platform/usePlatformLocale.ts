import { createContext, useContext } from 'react';
import { ApplicationContext } from '../../src/host/ApplicationContext.ts';
import type { ApplicationView } from '../../src/host/ApplicationView.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import type { Localisation } from '../../src/host/localisation.ts';
import type { HostLocale } from '../../src/host/useLocale.ts';

/** Another value whenever the language or its messages change: a component that reads it renders again. */
export const LanguageContext = createContext<Localisation['setting'] | null>(null);

interface Known {
  setting: Localisation['setting'];
  locale: HostLocale;
}

// By application and group, so that `msg` is the same function until the language changes.
const known = new WeakMap<Localisation, Map<string, Known>>();

/**
 * The platform's `useLocale`. Plugins in the field also call it where a hook cannot be: in a helper that only some
 * renders call, in a handler, and at the top of a module, before there is an application. So it works there too, and
 * React warns of it while developing. A locale that was got before the application has started asks the application
 * at each call.
 *
 * @example const { msg } = useLocale('drops');
 */
export function usePlatformLocale(group: string): HostLocale {
  const application = useApplicationAround() ?? latestApplication();
  return application ? localeOf(application.localisation, group) : lateLocale(group);
}

function localeOf(localisation: Localisation, group: string): HostLocale {
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

function lateLocale(group: string): HostLocale {
  const setting = () => latestApplication()?.localisation.setting;
  return {
    get language() {
      return setting()?.language ?? 'en';
    },
    get direction() {
      return setting()?.direction ?? 'ltr';
    },
    // Before the application starts there are no messages: the key stands for its message.
    msg: (key, values) => latestApplication()?.localisation.msg(group, key, values) ?? key,
  };
}

/** Reads contexts and nothing else: unlike other hooks these may come and go between renders. */
function useApplicationAround(): ApplicationView | null {
  try {
    // biome-ignore lint/correctness/useHookAtTopLevel: a context may be read conditionally, and that is the point
    useContext(LanguageContext);
    // biome-ignore lint/correctness/useHookAtTopLevel: as above
    return useContext(ApplicationContext);
  } catch {
    // React throws where nothing is being rendered.
    return null;
  }
}
