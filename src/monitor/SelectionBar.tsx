import { Button, theme } from 'antd';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE } from './edge.ts';
import { useMonitor } from './MonitorContext.ts';
import type { TaskAction } from './taskActions.ts';
import { type SelectAllInput, useSelectAll } from './useSelectAll.ts';

export interface SelectionBarProps extends SelectAllInput {
  /** A question stands in its place. It keeps in mind what was selected. */
  isHidden: boolean;
}

/** Acts on the selected tasks. An action stands here if it fits at least one of them. */
export function SelectionBar({ isHidden, ...input }: SelectionBarProps) {
  const { selection } = input;
  const selected = selection.tasks;
  const { isAll, fitting, onAct, onSelectAll } = useSelectAll(input);
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
  if (isHidden) return null;
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
      <Button size="small" type="link" onClick={selection.clear}>
        {msg('select_none')}
      </Button>
    </div>
  );
}
