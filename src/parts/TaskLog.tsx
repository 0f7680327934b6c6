import { Button, theme } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { useTranslator } from './MessagesContext.ts';
import { onDemand } from './onDemand.tsx';

const LogEntries = onDemand(() => import('./LogEntries.tsx').then((module) => module.LogEntries));

export interface TaskLogProps {
  task: TaskState;
}

/**
 * The log of a task, behind a button that shows the number of warnings. A task without log entries has no button. A
 * parameter that the task does not know counts as a warning.
 */
export function TaskLog({ task }: TaskLogProps) {
  const { button, entries } = useTaskLog(task);
  return (
    <>
      {button}
      {entries}
    </>
  );
}

/** The two pieces of a task's log: its button, and the entries while it is open. */
export function useTaskLog(task: TaskState | undefined): { button: ReactNode; entries: ReactNode } {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  // The id of the task whose log is open: another task begins with a closed one.
  const [openFor, setOpenFor] = useState<string>();
  const id = useId();
  const entries = task
    ? entriesOf(task, msg('ignored_params', { names: task.ignoredParams?.join(', ') }))
    : [];
  if (!task || entries.length === 0) return { button: null, entries: null };
  const open = openFor === task.id;
  const warnings = entries.filter(({ level }) => level !== 'info').length;
  const button = (
    <Button
      type="text"
      size="small"
      aria-expanded={open}
      aria-controls={open ? id : undefined}
      style={{ paddingInline: token.paddingXXS, marginInlineStart: -token.paddingXXS }}
      onClick={() => setOpenFor(open ? undefined : task.id)}
    >
      <svg
        aria-hidden="true"
        width="10"
        height="10"
        viewBox="0 0 16 16"
        // Points down while it is open, and else in the direction of reading.
        style={{ rotate: open ? '90deg' : undefined }}
      >
        <path d="M5 2l7 6-7 6" fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
      {warnings > 0 ? `${msg('log')} · ${msg('log_warnings', { count: warnings })}` : msg('log')}
    </Button>
  );
  return {
    button,
    entries: open ? (
      <div
        id={id}
        style={{
          marginBlockStart: token.marginSM,
          paddingBlockStart: token.paddingXXS,
          borderBlockStart: `1px solid ${token.colorBorderSecondary}`,
        }}
      >
        <LogEntries entries={entries} />
      </div>
    ) : null,
  };
}

/**
 * The log, with the warning about ignored parameters in the user's language. It takes the place of the server's own
 * warning, which is English. Where the log has lost that one, for example after a reload, it stands first.
 */
function entriesOf({ logs, ignoredParams = [] }: TaskState, message: string): TaskState['logs'] {
  if (ignoredParams.length === 0) return logs;
  const quoted = ignoredParams.map((name) => JSON.stringify(name)).join(', ');
  const index = logs.findIndex((entry) => entry.level === 'warning' && entry.message.includes(quoted));
  const entry = { level: 'warning', at: '', ...logs[index], message } as const;
  return [...logs.slice(0, Math.max(0, index)), entry, ...logs.slice(index + 1)];
}
