import { Button, theme } from 'antd';
import type { TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE } from './edge.ts';
import { useMonitor } from './MonitorContext.ts';
import type { TaskAction } from './taskActions.ts';

export interface SelectionBarProps {
  selected: readonly TaskSnapshot[];
  /** The number of tasks that fit the filter. */
  fitting: number;
  onSelectAll(): void;
  onSelectNone(): void;
}

/** Acts on the selected tasks. An action stands here if it fits at least one of them. */
export function SelectionBar({ selected, fitting, onSelectAll, onSelectNone }: SelectionBarProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const { actions, ask } = useMonitor();
  const button = (action: TaskAction, label: string) => {
    const tasks = selected.filter((task) => actions.can(action, task));
    return tasks.length > 0 ? (
      <Button size="small" onClick={() => ask(action, tasks)}>
        {label}
      </Button>
    ) : null;
  };
  return (
    <div
      role="toolbar"
      aria-label={msg('selected', { count: selected.length })}
      style={{
        display: 'flex',
        flex: 'none',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: token.paddingXS,
        minHeight: 40,
        paddingInline: EDGE,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        background: token.colorPrimaryBg,
      }}
    >
      <span style={{ fontWeight: 600 }}>{msg('selected', { count: selected.length })}</span>
      {button('cancel', msg('cancel'))}
      {button('retry', msg('retry_tasks'))}
      {button('clear', msg('clear'))}
      <span style={{ flex: 1 }} />
      {fitting > selected.length ? (
        <Button size="small" type="link" onClick={onSelectAll}>
          {msg('select_all', { count: fitting })}
        </Button>
      ) : null}
      <Button size="small" type="link" onClick={onSelectNone}>
        {msg('select_none')}
      </Button>
    </div>
  );
}
