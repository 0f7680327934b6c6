/** The name of a node in a row, as the button that chooses it. Its area is the whole row. */
import { theme } from 'antd';
import type { GraphIndex } from './graphIndex.ts';
import { nodeLook } from './nodeLook.ts';
import type { NodeState } from './nodeStates.ts';
import { nodeLabel } from './nodeWords.ts';
import { nameOf } from './readGraph.ts';
import type { Rows } from './useRows.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';

export interface RowNameProps {
  state: NodeState;
  index: GraphIndex;
  rows: Rows;
  isChosen: boolean;
  onChoose(key: string, options: { open: boolean }): void;
}

export function RowName({ state, index, rows, isChosen, onChoose }: RowNameProps) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const { isEmpty } = nodeLook(state.status, token);
  const before = new Set(index.into.get(state.key)?.map(({ from }) => from));
  const names = [...before].map((key) => nameOf(index.nodes.get(key) ?? { key }));
  return (
    <button
      type="button"
      {...rows.stopOf(state.key)}
      aria-pressed={isChosen}
      aria-label={nodeLabel(state, names, words)}
      // An ellipsis stands at the end of the name, whatever its direction.
      dir="auto"
      title={state.name}
      onClick={() => onChoose(state.key, { open: false })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onChoose(state.key, { open: true });
      }}
      style={{
        maxWidth: '100%',
        padding: 0,
        border: 'none',
        background: 'none',
        color: isEmpty ? token.colorTextSecondary : token.colorText,
        font: 'inherit',
        fontSize: token.fontSize - 1,
        fontWeight: isEmpty ? 400 : 600,
        lineHeight: '18px',
        textAlign: words.direction === 'rtl' ? 'right' : 'left',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        cursor: 'pointer',
      }}
    >
      {state.name}
    </button>
  );
}
