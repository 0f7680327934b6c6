import { theme } from 'antd';
import { memo, useCallback, useSyncExternalStore } from 'react';
import type { ConnectionState } from '../client/SystemClient.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { TableRow } from './lazyParts.ts';
import type { PlacedRow } from './listLayout.ts';
import { useMonitor } from './MonitorContext.ts';
import type { MonitorTasks } from './MonitorTasks.ts';
import { rowLabel } from './rowLabel.ts';
import { SelectBox } from './SelectBox.tsx';
import { TaskRow } from './TaskRow.tsx';
import type { ActionProblem } from './taskActions.ts';

/** A row of the list looks like this at the moment. */
export interface RowLook {
  /** It is pointed at, or has the focus. */
  isHot: boolean;
  /** Tab reaches this row. */
  isCurrent: boolean;
}

export interface ListedTaskProps extends RowLook {
  store: MonitorTasks;
  row: PlacedRow;
  onPoint(id: string): void;
  isSelected: boolean;
  /** Some row is selected: all rows show their boxes. */
  isSelecting: boolean;
  onToggle(id: string, range: boolean): void;
  problem: ActionProblem | undefined;
  connection: ConnectionState;
  /** Local time, Unix time in milliseconds. */
  nowMs: number;
  isTable: boolean;
}

/** The task of a row, by its id. The component renders again when this task has changed, and for no other. */
export function useTaskOf(store: MonitorTasks, id: string) {
  return useSyncExternalStore(
    useCallback((listener) => store.subscribeTask(id, listener), [store, id]),
    () => store.taskOf(id),
  );
}

/** A row of the list at its place. It renders when its own task has changed, when it looks different, and once a second. */
export const ListedTask = memo(function ListedTask(props: ListedTaskProps) {
  const { store, row, isHot, isCurrent, isSelected, nowMs, connection, problem, onToggle } = props;
  const { token } = theme.useToken();
  const { words, user } = useMonitor();
  const task = useTaskOf(store, row.id);
  if (!task) return null;
  const { id, index, top, height } = row;
  const edge = words.direction === 'rtl' ? -2 : 2;
  const shown = {
    task,
    nowMs,
    connection,
    problem,
    isHot,
    height,
    isGone: !store.tasks.has(id),
    goneAtMs: store.goneAtMs(id),
    box:
      isHot || props.isSelecting ? (
        <SelectBox
          label={words.msg('select_task', { name: taskTitle(task, words) })}
          isOn={isSelected}
          onToggle={(range) => onToggle(id, range)}
        />
      ) : null,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: see TaskList.
    <div
      role="row"
      data-task={id}
      tabIndex={isCurrent ? 0 : -1}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      aria-label={rowLabel(task, words, user)}
      onPointerEnter={() => props.onPoint(id)}
      style={{
        position: 'absolute',
        insetBlockStart: top,
        insetInline: 0,
        boxSizing: 'border-box',
        height,
        overflow: 'hidden',
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        outlineOffset: -2,
        ...((isHot || isSelected) && {
          background: token.colorPrimaryBg,
          boxShadow: `inset ${edge}px 0 ${token.colorPrimary}`,
        }),
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see TaskList. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row around it has the focus. */}
      <div role="gridcell">{props.isTable ? <TableRow {...shown} /> : <TaskRow {...shown} />}</div>
    </div>
  );
});
