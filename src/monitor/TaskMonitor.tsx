import { useEffect, useState } from 'react';
import { packTools } from '../locales/loadLocale.ts';
import { monitorLocales } from '../locales/monitor/monitorLocales.ts';
import type { LocaleSource, Packs } from '../locales/types.ts';
import { MessagesContext } from '../parts/MessagesContext.ts';
import { type HostTexts, useTranslation } from '../parts/useTranslation.ts';
import { MonitorView, type MonitorViewProps } from './MonitorView.tsx';

/** The message group of a host's files whose texts go before the monitor's own. */
export const MESSAGE_GROUP = 'LRT';

export interface TaskMonitorProps extends MonitorViewProps {
  /** The value of the host's `useLocale('LRT')`. */
  host?: HostTexts | undefined;
  /** BCP 47; before the host's language. */
  language?: string | undefined;
  /** Texts by message key that go before all others. */
  messages?: Readonly<Record<string, string>> | undefined;
  /**
   * More languages, other words, and the words of an application's own tasks: `{ en: { task_pole_report: 'Pole report' } }`.
   * Read once.
   */
  packs?: Packs | undefined;
}

/**
 * Shows the tasks of a server, and how they stand now: what runs, what waits and why, and how tasks ended. The user finds
 * them on the map, cancels them and starts them again.
 *
 * @example
 * <TaskMonitor app={app} onClose={() => setOpen(false)} />
 */
export function TaskMonitor({ host, language, messages, packs, ...view }: TaskMonitorProps) {
  const locales = useLocales(packs);
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
      <MonitorView {...view} />
    </MessagesContext.Provider>
  ) : null;
}

/** The code that reads an application's own packs loads on demand, because few applications have any. */
function useLocales(packs: Packs | undefined): LocaleSource {
  const [own, setOwn] = useState<LocaleSource>();
  const [given] = useState(packs);
  useEffect(() => {
    if (!given) return;
    let isOver = false;
    import('../locales/packs.ts').then(
      ({ localesOf }) => {
        if (!isOver) setOwn(localesOf(given, packTools(monitorLocales)));
      },
      // The monitor's own words do without it.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [given]);
  return own ?? monitorLocales;
}
