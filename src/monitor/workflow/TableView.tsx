/** The nodes of a run as a table: task, state, started, duration, attempt, in, out. */
import { theme } from 'antd';
import type { CSSProperties } from 'react';
import { formatDuration, formatTime, numberFormat } from '../../locales/intl.ts';
import { TABULAR } from '../run/LogTools.tsx';
import type { GraphIndex, IndexedLink } from './graphIndex.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { nodeLook } from './nodeLook.ts';
import { isRunning } from './nodeStates.ts';
import { percentText, reasonText, secondsOf, statusWord } from './nodeWords.ts';
import { RowName } from './RowName.tsx';
import type { RunListProps } from './runListProps.ts';
import { useNode } from './useNode.ts';
import { type Rows, useRows } from './useRows.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';

export function TableView({ run, state, nowMs, chosen, onChoose }: RunListProps) {
  const { token } = theme.useToken();
  const { msg } = useWorkflowWords();
  const { index } = state;
  const keys = index?.order ?? [];
  const rows = useRows(keys, chosen);
  if (!index) return null;
  const head: CSSProperties = {
    position: 'sticky',
    insetBlockStart: 0,
    zIndex: 1,
    paddingBlock: 7,
    paddingInline: token.paddingXS,
    background: token.colorBgLayout,
    color: token.colorTextSecondary,
    fontSize: token.fontSizeSM,
    fontWeight: 600,
    textAlign: 'start',
  };
  const end: CSSProperties = { ...head, textAlign: 'end' };
  return (
    <div style={{ flex: 1, minWidth: 0, minHeight: 0, overflow: 'auto', background: token.colorBgContainer }}>
      <table
        aria-label={msg('wf_list')}
        onKeyDown={rows.onKeyDown}
        style={{
          width: '100%',
          minWidth: 620,
          borderCollapse: 'collapse',
          fontSize: token.fontSize - 1,
          lineHeight: '18px',
          ...TABULAR,
        }}
      >
        <thead>
          <tr>
            <th scope="col" style={{ ...head, paddingInlineStart: 40 }}>
              {msg('wf_task')}
            </th>
            <th scope="col" style={head}>
              {msg('wf_state')}
            </th>
            <th scope="col" style={head}>
              {msg('wf_started')}
            </th>
            <th scope="col" style={end}>
              {msg('wf_duration')}
            </th>
            <th scope="col" style={end}>
              {msg('wf_attempt')}
            </th>
            <th scope="col" style={end}>
              {msg('wf_in')}
            </th>
            <th scope="col" style={{ ...end, paddingInlineEnd: 16 }}>
              {msg('wf_out')}
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <TableRow
              key={key}
              {...{ run, index, rows, nowMs, onChoose }}
              nodeKey={key}
              isChosen={key === chosen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TableRowProps extends Pick<RunListProps, 'run' | 'nowMs' | 'onChoose'> {
  index: GraphIndex;
  rows: Rows;
  nodeKey: string;
  isChosen: boolean;
}

function TableRow({ run, index, rows, nowMs, nodeKey, isChosen, onChoose }: TableRowProps) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const state = useNode(run, nodeKey);
  if (!state) return null;
  const look = nodeLook(state.status, token);
  const { task } = state;
  const { language, direction } = words;
  const edge = direction === 'rtl' ? -2 : 2;
  const cell: CSSProperties = {
    paddingBlock: 7,
    paddingInline: token.paddingXS,
    borderBlockEnd: `1px solid ${token.colorSplit}`,
    ...(isChosen && { background: token.colorPrimaryBg }),
  };
  const number: CSSProperties = { ...cell, textAlign: 'end', whiteSpace: 'nowrap' };
  const seconds = secondsOf(state, nowMs);
  const count = (links: readonly IndexedLink[] | undefined) => {
    const known = (links ?? []).flatMap(({ id }) => run.link(id)?.count ?? []);
    const sum = known.reduce((all, each) => all + each, 0);
    return known.length === 0 ? '–' : numberFormat(language).format(sum);
  };
  const leadsOn = index.from.get(nodeKey) ?? [];
  // One result that two nodes are given is not two results.
  const out = [...new Map(leadsOn.map((link) => [link.outputs.join(), link])).values()];
  const reason = reasonText(state, words);
  const stateText = [statusWord(state, words), isRunning(state) ? percentText(state, words) : undefined]
    .filter((part) => part !== undefined)
    .join(' · ');
  return (
    <tr onClick={() => onChoose(nodeKey, { open: false })} style={{ cursor: 'pointer' }}>
      <th
        scope="row"
        style={{
          ...cell,
          maxWidth: 220,
          paddingInlineStart: 16,
          textAlign: 'start',
          fontWeight: 400,
          ...(isChosen && { boxShadow: `inset ${edge}px 0 ${token.colorPrimary}` }),
        }}
      >
        <span style={{ display: 'flex', alignItems: 'center', gap: 8, minWidth: 0 }}>
          <NodeIcon
            state={look.icon}
            colour={look.colour}
            percent={task?.progress.percent}
            isRtl={direction === 'rtl'}
          />
          <RowName {...{ state, index, rows, isChosen, onChoose }} />
        </span>
      </th>
      <td style={{ ...cell, color: state.status === 'failed' ? token.colorError : token.colorTextSecondary }}>
        <bdi>
          {state.status === 'skipped' || state.status === 'waiting' ? (reason ?? stateText) : stateText}
        </bdi>
      </td>
      <td style={{ ...cell, whiteSpace: 'nowrap' }}>
        <bdi>{task?.startedAt ? formatTime(Date.parse(task.startedAt), language) : '–'}</bdi>
      </td>
      <td style={number}>
        <bdi>{seconds === undefined ? '–' : formatDuration(seconds, language)}</bdi>
      </td>
      <td style={number}>{task ? numberFormat(language).format(task.attempt) : '–'}</td>
      <td style={number}>{count(index.into.get(nodeKey))}</td>
      <td style={{ ...number, paddingInlineEnd: 16 }}>{count(out)}</td>
    </tr>
  );
}
