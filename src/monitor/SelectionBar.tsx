import { Button, theme } from 'antd';
import type { TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE } from './edge.ts';
import { useMonitor } from './MonitorContext.ts';
import type { TaskAction } from './taskActions.ts';

export interface SelectionBarProps {
  selected: readonly TaskSnapshot[];
  /** All that fit the filter are meant, and not the selected ones alone. */
  isAll: boolean;
  /** The number of tasks that fit the filter. */
  fitting: number;
  onAct(action: TaskAction, tasks: readonly TaskSnapshot[]): void;
  onSelectAll(): void;
  onSelectNone(): void;
}

/** Acts on the selected tasks. An action stands here if it fits at least one of them. */
export function SelectionBar({
  selected,
  isAll,
  fitting,
  onAct,
  onSelectAll,
  onSelectNone,
}: SelectionBarProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const { actions } = useMonitor();
  const count = isAll ? fitting : selected.length;
  const button = (action: TaskAction, label: string) => {
    const tasks = selected.filter((task) => actions.can(action, task));
    return tasks.length > 0 ? (
      <Button size="small" onClick={() => onAct(action, tasks)}>
        {label}
      </Button>
    ) : null;
  };
  return (
    <div
      role="toolbar"
      aria-label={msg('selected', { count })}
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
      <span style={{ fontWeight: 600 }}>{msg('selected', { count })}</span>
      {button('cancel', msg('cancel'))}
      {button('retry', msg('retry_tasks'))}
      {button('clear', msg('clear'))}
      <span style={{ flex: 1 }} />
      {fitting > count ? (
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
