/** Draws one node of the graph at its place, with its state. */

import type { GlobalToken } from 'antd';
import { memo } from 'react';
import { HIDDEN } from '../run/ItemRows.tsx';
import { EdgeBar } from './EdgeBar.tsx';
import type { GraphSource } from './GraphSource.ts';
import type { GraphIndex } from './graphIndex.ts';
import { NODE, type PlacedNode } from './graphLayout.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { nodeLook } from './nodeLook.ts';
import { isRunning, type NodeState } from './nodeStates.ts';
import { lineText, nodeLabel, percentText } from './nodeWords.ts';
import { nameOf } from './readGraph.ts';
import { useNode } from './useNode.ts';
import type { WorkflowWords } from './useWorkflowWords.ts';

export interface GraphNodeProps {
  source: GraphSource;
  index: GraphIndex;
  place: PlacedNode;
  /** The distance from the left edge of the graph, mirrored where the page goes from right to left. */
  left: number;
  /** It is drawn as an icon in its colour, because the graph is seen from far away. */
  isSmall: boolean;
  isChosen: boolean;
  isMarked: boolean;
  /** Tab reaches this node. */
  isCurrent: boolean;
  /** The check of the graph says that this is wrong with it. */
  problems: readonly string[] | undefined;
  words: WorkflowWords;
  token: GlobalToken;
}

/** All names of the nodes before one are part of its own name. */
function namesBefore(index: GraphIndex, key: string): string[] {
  const keys = new Set(index.into.get(key)?.map(({ from }) => from));
  return [...keys].map((from) => nameOf(index.nodes.get(from) ?? { key: from }));
}

export const GraphNode = memo(function GraphNode(props: GraphNodeProps) {
  const { source, index, place, left, isSmall, isChosen, isMarked, problems, words, token } = props;
  const state = useNode(source, place.key);
  if (!state) return null;
  const look = nodeLook(state.status, token);
  const isBad = problems !== undefined && problems.length > 0;
  const border = isBad ? token.colorError : look.border;
  const ring = isChosen
    ? `0 0 0 2px ${token.colorBgElevated}, 0 0 0 4px ${token.colorPrimary}`
    : isMarked
      ? `0 0 0 2px ${token.colorPrimaryBorder}`
      : undefined;
  return (
    <div
      role="treeitem"
      data-node={place.key}
      tabIndex={props.isCurrent ? 0 : -1}
      aria-level={place.rank + 1}
      aria-selected={isChosen || isMarked}
      title={isBad ? problems.join('\n') : state.name}
      style={{
        position: 'absolute',
        left,
        top: place.y,
        width: NODE.width,
        height: NODE.height,
        boxSizing: 'border-box',
        border: `${isSmall ? 3 : 1}px ${look.isDashed ? 'dashed' : 'solid'} ${isSmall ? look.colour : border}`,
        borderRadius: token.borderRadius,
        background: look.isEmpty && !isBad ? 'transparent' : token.colorBgElevated,
        boxShadow: ring,
        outlineOffset: isChosen ? 5 : 2,
        cursor: 'pointer',
        overflow: 'hidden',
        contain: 'strict',
      }}
    >
      {/* The state in words is read in place of what is seen. */}
      <span style={HIDDEN}>{nodeLabel(state, namesBefore(index, place.key), words, problems)}</span>
      {isSmall ? (
        <Small state={state} words={words} token={token} />
      ) : (
        <Whole {...{ state, words, token, problems }} />
      )}
    </div>
  );
});

function Small({ state, token, words }: { state: NodeState; token: GlobalToken; words: WorkflowWords }) {
  const { icon, colour } = nodeLook(state.status, token);
  return (
    <span aria-hidden="true" style={{ display: 'grid', placeItems: 'center', height: '100%' }}>
      <NodeIcon
        state={icon}
        colour={colour}
        percent={state.task?.progress.percent}
        size={36}
        isRtl={words.direction === 'rtl'}
      />
    </span>
  );
}

function Whole({
  state,
  words,
  token,
  problems,
}: Pick<GraphNodeProps, 'problems' | 'words' | 'token'> & { state: NodeState }) {
  const look = nodeLook(state.status, token);
  const percent = isRunning(state) ? percentText(state, words) : undefined;
  const problem = problems?.[0];
  const isBad = state.status === 'failed' || problem !== undefined;
  return (
    <>
      <div aria-hidden="true" style={{ display: 'flex', gap: 6, padding: '6px 8px', paddingInlineEnd: 4 }}>
        <span style={{ display: 'flex', height: 16, marginBlockStart: 2 }}>
          <NodeIcon
            state={problem === undefined ? look.icon : 'failed'}
            colour={problem === undefined ? look.colour : token.colorError}
            percent={state.task?.progress.percent}
            isRtl={words.direction === 'rtl'}
          />
        </span>
        <div style={{ flex: 1, minWidth: 0 }}>
          <div
            // An ellipsis stands at the end of the name, whatever its direction.
            dir="auto"
            style={{
              ...CUT,
              textAlign: words.direction === 'rtl' ? 'right' : 'left',
              fontSize: token.fontSize - 1,
              fontWeight: look.isEmpty ? 400 : 600,
              lineHeight: '18px',
              color: look.isEmpty ? token.colorTextSecondary : token.colorText,
            }}
          >
            {state.name}
          </div>
          <div
            style={{
              display: 'flex',
              justifyContent: 'space-between',
              gap: 4,
              fontSize: token.fontSizeSM,
              lineHeight: '16px',
              color: isBad ? token.colorError : token.colorTextSecondary,
            }}
          >
            <span style={CUT}>
              <bdi>{problem ?? lineText(state, words)}</bdi>
            </span>
            {percent === undefined ? null : <span style={{ marginInlineEnd: 4 }}>{percent}</span>}
          </div>
        </div>
      </div>
      <EdgeBar state={state} token={token} />
    </>
  );
}

const CUT = { overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
