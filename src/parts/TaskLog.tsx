import { Button, theme } from 'antd';
import { useId, useState } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { useTranslator } from './MessagesContext.ts';
import { onDemand } from './onDemand.tsx';

export interface TaskLogProps {
  task: TaskState;
}

const LogEntries = onDemand(() => import('./LogEntries.tsx').then((module) => module.LogEntries));

/**
 * The log of a task, behind a button that shows the number of warnings. A task without log entries has no button. A
 * parameter that the task does not know counts as a warning.
 */
export function TaskLog({ task }: TaskLogProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const [open, setOpen] = useState(false);
  const id = useId();
  const entries = entriesOf(task, msg('ignored_params', { names: task.ignoredParams?.join(', ') }));
  if (entries.length === 0) return null;
  const warnings = entries.filter(({ level }) => level !== 'info').length;
  return (
    <div
      style={{
        marginBlockStart: token.marginXS,
        borderBlockStart: `1px solid ${token.colorBorderSecondary}`,
      }}
    >
      <Button
        type="text"
        size="small"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        style={{ marginBlockStart: token.marginXXS, paddingInline: token.paddingXXS }}
        onClick={() => setOpen(!open)}
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
      {open ? (
        <div id={id}>
          <LogEntries entries={entries} />
        </div>
      ) : null}
    </div>
  );
}

/** The log, with the ignored parameters before it where no entry of the log names them: a reload may have lost it. */
function entriesOf({ logs, ignoredParams = [] }: TaskState, ignored: string): TaskState['logs'] {
  const named = logs.some(({ message }) => ignoredParams.every((name) => message.includes(name)));
  if (ignoredParams.length === 0 || named) return logs;
  return [{ level: 'warning', message: ignored, at: '' }, ...logs];
}
