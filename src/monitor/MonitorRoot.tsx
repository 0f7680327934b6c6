import { useEffect, useState } from 'react';
import { packTools } from '../locales/loadLocale.ts';
import type { LocaleSource, Packs } from '../locales/types.ts';
import { MessagesContext } from '../parts/MessagesContext.ts';
import { useTranslation } from '../parts/useTranslation.ts';
import { MonitorView } from './MonitorView.tsx';
import { MESSAGE_GROUP } from './messageGroup.ts';
import type { TaskMonitorProps } from './monitorProps.ts';

export interface MonitorRootProps extends TaskMonitorProps {
  /** The monitor's own words. */
  locales: LocaleSource;
}

/** The monitor in the user's language, once its code and its words are there. */
export function MonitorRoot({ host, language, messages, packs, locales: ours, ...view }: MonitorRootProps) {
  const locales = useLocales(ours, packs);
  const translator = useTranslation({
    app: view.app,
    group: MESSAGE_GROUP,
    host,
    language,
    messages,
    locales,
  });
  return translator ? (
    <MessagesContext.Provider value={translator}>
      <MonitorView {...view} language={language} packs={packs} />
    </MessagesContext.Provider>
  ) : null;
}

/** The code that reads an application's own packs loads on demand, because few applications have any. */
function useLocales(ours: LocaleSource, packs: Packs | undefined): LocaleSource {
  const [own, setOwn] = useState<LocaleSource>();
  const [given] = useState(packs);
  useEffect(() => {
    if (!given) return;
    let isOver = false;
    import('../locales/packs.ts').then(
      ({ localesOf }) => {
        if (!isOver) setOwn(localesOf(given, packTools(ours)));
      },
      // The monitor's own words do without it.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [given, ours]);
  return own ?? ours;
}
