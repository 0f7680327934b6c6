/** The nodes of a run as a list, for a narrow page: each with what it waits for, and with the counts of its links under its name. */

import { theme } from 'antd';
import { numberFormat } from '../../locales/intl.ts';
import { TABULAR } from '../run/LogTools.tsx';
import { EdgeBar } from './EdgeBar.tsx';
import type { GraphIndex } from './graphIndex.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { nodeLook } from './nodeLook.ts';
import { isRunning, type NodeState } from './nodeStates.ts';
import { lineText, percentText, reasonText } from './nodeWords.ts';
import { RowName } from './RowName.tsx';
import { nameOf } from './readGraph.ts';
import type { RunListProps } from './runListProps.ts';
import { useNode } from './useNode.ts';
import { type Rows, useRows } from './useRows.ts';
import { useWorkflowWords, type WorkflowWords } from './useWorkflowWords.ts';
import type { WorkflowRun } from './WorkflowRun.ts';

export function ListView({ run, state, chosen, onChoose }: RunListProps) {
  const { token } = theme.useToken();
  const { msg } = useWorkflowWords();
  const { index } = state;
  const keys = index?.order ?? [];
  const rows = useRows(keys, chosen);
  if (!index) return null;
  return (
    <ul
      aria-label={msg('wf_list')}
      onKeyDown={rows.onKeyDown}
      style={{
        flex: 1,
        minHeight: 0,
        margin: 0,
        padding: 0,
        overflow: 'auto',
        listStyle: 'none',
        background: token.colorBgContainer,
        ...TABULAR,
      }}
    >
      {keys.map((key) => (
        <ListRow key={key} {...{ run, index, rows, onChoose }} nodeKey={key} isChosen={key === chosen} />
      ))}
    </ul>
  );
}

interface ListRowProps extends Pick<RunListProps, 'run' | 'onChoose'> {
  index: GraphIndex;
  rows: Rows;
  nodeKey: string;
  isChosen: boolean;
}

function ListRow({ run, index, rows, nodeKey, isChosen, onChoose }: ListRowProps) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const state = useNode(run, nodeKey);
  if (!state) return null;
  const look = nodeLook(state.status, token);
  const percent = isRunning(state) ? percentText(state, words) : undefined;
  const handsOn = handedOn(run, index, nodeKey, words);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it has the keys.
    <li
      onClick={() => onChoose(nodeKey, { open: true })}
      style={{
        position: 'relative',
        display: 'grid',
        gridTemplateColumns: '16px minmax(0, 1fr) auto',
        columnGap: 10,
        alignItems: 'start',
        minHeight: 52,
        boxSizing: 'border-box',
        paddingBlock: 8,
        paddingInline: 16,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        ...(isChosen && { background: token.colorPrimaryBg }),
      }}
    >
      <span style={{ display: 'flex', height: 18, alignItems: 'center' }}>
        <NodeIcon
          state={look.icon}
          colour={look.colour}
          percent={state.task?.progress.percent}
          isRtl={words.direction === 'rtl'}
        />
      </span>
      <RowName {...{ state, index, rows, isChosen }} onChoose={(key) => onChoose(key, { open: true })} />
      <span style={{ fontSize: token.fontSize - 1, lineHeight: '18px' }}>{percent}</span>
      <div
        style={{
          gridColumn: '2 / 4',
          fontSize: token.fontSizeSM,
          lineHeight: '16px',
          color: token.colorTextSecondary,
        }}
      >
        <div
          style={{
            color: state.status === 'failed' ? token.colorError : undefined,
            overflowWrap: 'anywhere',
          }}
        >
          <bdi>{secondLine(state, words)}</bdi>
        </div>
        {handsOn.length === 0 ? null : (
          <div style={{ overflowWrap: 'anywhere' }}>
            {words.msg('wf_leads_on')}
            {handsOn.map((text, at) => (
              <span key={text}>
                {at === 0 ? ' ' : ' · '}
                <bdi>{text}</bdi>
              </span>
            ))}
          </div>
        )}
      </div>
      <EdgeBar state={state} token={token} />
    </li>
  );
}

function secondLine(state: NodeState, words: WorkflowWords): string {
  const reason = reasonText(state, words);
  if (reason !== undefined && !state.isKept) return reason;
  const line = lineText(state, words);
  return reason === undefined ? line : `${line} · ${reason}`;
}

/** 'Connect 1,500', 'Bill of materials 3,046'. */
function handedOn(run: WorkflowRun, index: GraphIndex, key: string, words: WorkflowWords): string[] {
  return (index.from.get(key) ?? []).flatMap(({ id, to }) => {
    const count = run.link(id)?.count;
    if (count === undefined) return [];
    return [`${nameOf(index.nodes.get(to) ?? { key: to })} ${numberFormat(words.language).format(count)}`];
  });
}
