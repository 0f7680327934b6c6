import { Button, theme } from 'antd';
import type { ReactNode } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import { StateIcon } from '../parts/StateIcon.tsx';
import { failureText } from '../parts/taskWords.ts';
import { Icon } from './icons.tsx';
import type { MonitorState, MonitorTasks } from './MonitorTasks.ts';
import { type MonitorFilter, narrows } from './monitorFilter.ts';

export interface EmptyStateProps {
  store: MonitorTasks;
  state: MonitorState;
  filter: MonitorFilter;
  onFilter(filter: MonitorFilter): void;
}

/** Stands in place of the list where it has no row, and says why. */
export function EmptyState({ store, state, filter, onFilter }: EmptyStateProps) {
  const words = useTranslator();
  const { msg } = words;
  const { status, error, hasOlder } = state;
  const { view = 'active' } = filter;
  if (status === 'unavailable') {
    return <Note icon={<Icon name="tasks" />} title={msg('no_list')} />;
  }
  if (status === 'failed') {
    return (
      <Note
        icon={<StateIcon state="failed" />}
        title={msg('list_failed')}
        isUrgent
        text={failureText({ ...(error && { error }) }, words)}
      >
        <Button onClick={() => store.refresh()}>{msg('try_again')}</Button>
      </Note>
    );
  }
  if (narrows(filter)) {
    const count = store.tasks.size;
    const hidden = hasOlder ? msg('hidden_least', { count }) : msg('hidden', { count });
    return (
      <Note icon={<Icon name="filter" />} title={msg('no_fit')} text={count > 0 ? hidden : undefined}>
        <Button onClick={() => onFilter({ view })}>{msg('clear_filter')}</Button>
      </Note>
    );
  }
  if (view === 'finished') return <Note icon={<Icon name="tasks" />} title={msg('empty_finished')} />;
  return (
    <Note icon={<Icon name="tasks" />} title={msg('empty')} text={msg('empty_more')}>
      <Button onClick={() => onFilter({ ...filter, view: 'finished' })}>{msg('show_finished')}</Button>
    </Note>
  );
}

interface NoteProps {
  icon: ReactNode;
  title: string;
  text?: string | undefined;
  isUrgent?: boolean;
  children?: ReactNode;
}

function Note({ icon, title, text, isUrgent, children }: NoteProps) {
  const { token } = theme.useToken();
  return (
    <div
      role={isUrgent ? 'alert' : undefined}
      style={{
        display: 'flex',
        flex: 1,
        flexDirection: 'column',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 4,
        padding: `${token.padding}px ${token.paddingLG}px`,
        color: token.colorTextSecondary,
        textAlign: 'center',
      }}
    >
      {icon}
      <div style={{ color: token.colorText, fontWeight: 600 }}>{title}</div>
      {text ? <div dir="auto">{text}</div> : null}
      {children ? <div style={{ marginBlockStart: 8 }}>{children}</div> : null}
    </div>
  );
}
