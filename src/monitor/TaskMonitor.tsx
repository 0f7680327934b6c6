import { Alert, Typography, theme } from 'antd';
import { useState } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { HostApplication } from '../host/contract.ts';
import { packTools } from '../locales/loadLocale.ts';
import { monitorLocales } from '../locales/monitor/monitorLocales.ts';
import { localesOf } from '../locales/packs.ts';
import type { Packs } from '../locales/types.ts';
import { ErrorText } from '../parts/ErrorText.tsx';
import { MessagesContext, useTranslator } from '../parts/MessagesContext.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { useTaskList } from '../parts/useTaskList.ts';
import { type HostTexts, useTranslation } from '../parts/useTranslation.ts';

/** The message group of a host's files whose texts go before the monitor's own. */
const MESSAGE_GROUP = 'LRT';

export interface TaskMonitorProps {
  app: Pick<HostApplication, 'system' | 'map' | 'localisation'>;
  /** The client whose tasks are shown; default: `app.system`. */
  system?: SystemClient | undefined;
  /** The value of the host's `useLocale('LRT')`. */
  host?: HostTexts | undefined;
  /** BCP 47; before the host's language. */
  language?: string | undefined;
  /** Texts by message key that go before all others. */
  messages?: Readonly<Record<string, string>> | undefined;
  /** More languages, other words, and the words of an application's own tasks: `{ en: { task_NAME: 'Pole report' } }`. */
  packs?: Packs | undefined;
}

/**
 * Shows the tasks of a server, and how they stand now.
 *
 * @example <TaskMonitor app={app} />
 */
export function TaskMonitor({ app, system = app.system, host, language, messages, packs }: TaskMonitorProps) {
  // Read once: an object literal in a component is another one each time.
  const [locales] = useState(() => (packs ? localesOf(packs, packTools(monitorLocales)) : monitorLocales));
  const translator = useTranslation({ app, group: MESSAGE_GROUP, host, language, messages, locales });
  return translator ? (
    <MessagesContext.Provider value={translator}>
      <Tasks system={system} />
    </MessagesContext.Provider>
  ) : null;
}

function Tasks({ system }: { system: SystemClient | undefined }) {
  const words = useTranslator();
  const { token } = theme.useToken();
  const { tasks, status, error } = useTaskList(system, { status: 'active' });
  return (
    <section aria-label={words.msg('tasks')} dir={words.direction} style={{ padding: token.padding }}>
      <Typography.Title level={5}>{words.msg('tasks')}</Typography.Title>
      {status === 'unavailable' && <p>{words.msg('no_list')}</p>}
      {error && <Alert type="error" showIcon title={<ErrorText error={error} />} />}
      {status === 'ready' && tasks.length === 0 && <p>{words.msg('empty')}</p>}
      <ul aria-label={words.msg('list_of_tasks')}>
        {tasks.map((task) => (
          <li key={task.id}>
            <bdi>{taskTitle(task, words)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
