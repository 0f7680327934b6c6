import { theme } from 'antd';
import { useTranslator } from '../parts/MessagesContext.ts';
import type { RowLook } from './ListedTask.tsx';
import { NodeRow } from './lazyParts.ts';
import type { PlacedRow } from './listLayout.ts';
import type { MonitorViewProps } from './monitorProps.ts';
import type { WorkflowRun } from './workflow/WorkflowRun.ts';

export interface ListedNodeProps extends RowLook, Pick<MonitorViewProps, 'packs' | 'language'> {
  app: MonitorViewProps['app'];
  run: WorkflowRun;
  row: PlacedRow;
  nodeKey: string;
  onPoint(id: string): void;
}

/** The row of a workflow's node at its place in the list. */
export function ListedNode({ run, row, nodeKey, isHot, isCurrent, onPoint, ...words }: ListedNodeProps) {
  const { token } = theme.useToken();
  const { direction } = useTranslator();
  const edge = direction === 'rtl' ? -2 : 2;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see TaskList.
    <div
      role="row"
      data-task={row.id}
      tabIndex={isCurrent ? 0 : -1}
      aria-rowindex={row.index + 1}
      aria-selected={false}
      onPointerEnter={() => onPoint(row.id)}
      style={{
        position: 'absolute',
        insetBlockStart: row.top,
        insetInline: 0,
        boxSizing: 'border-box',
        height: row.height,
        overflow: 'hidden',
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        outlineOffset: -2,
        ...(isHot && {
          background: token.colorPrimaryBg,
          boxShadow: `inset ${edge}px 0 ${token.colorPrimary}`,
        }),
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see TaskList. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row around it has the focus. */}
      <div role="gridcell">
        <NodeRow run={run} nodeKey={nodeKey} {...words} />
      </div>
    </div>
  );
}
