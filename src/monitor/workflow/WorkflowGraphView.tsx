/** Draws the graph of a workflow that has not run, with what is wrong with it at its nodes. */
import { theme } from 'antd';
import { useMemo, useState } from 'react';
import type { WorkflowGraph } from '../../contract/index.ts';
import type { RunPageProps } from '../run/runPageProps.ts';
import { stillSource } from './GraphSource.ts';
import { GraphView } from './GraphView.tsx';
import { indexGraph } from './graphIndex.ts';
import { readGraph } from './readGraph.ts';
import { useLayout } from './useLayout.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import { WorkflowWordsProvider } from './WorkflowWordsProvider.tsx';

/** Something is wrong with a graph, as its check or the server's refusal says. */
export interface GraphProblem {
  /** The key of the node. Left out: it is about the graph as a whole, and stands above it. */
  node?: string | undefined;
  message: string;
}

export interface WorkflowGraphViewProps extends Pick<RunPageProps, 'app' | 'packs' | 'language'> {
  graph: WorkflowGraph;
  problems?: readonly GraphProblem[] | undefined;
  /** The key of the chosen node, where the application keeps it. */
  chosen?: string | undefined;
  onChoose?: ((key: string) => void) | undefined;
}

export function WorkflowGraphView(props: WorkflowGraphViewProps) {
  return (
    <WorkflowWordsProvider {...props}>
      <Still {...props} />
    </WorkflowWordsProvider>
  );
}

const NOBODY: ReadonlySet<string> = new Set();
const NO_PROBLEMS: readonly GraphProblem[] = [];

function Still({ graph, problems = NO_PROBLEMS, chosen, onChoose }: WorkflowGraphViewProps) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const { msg } = words;
  const index = useMemo(() => {
    const read = readGraph(graph);
    return read && indexGraph(read);
  }, [graph]);
  const source = useMemo(() => index && stillSource(index), [index]);
  const layout = useLayout(index);
  const [ownChosen, setOwnChosen] = useState<string>();
  const byNode = useMemo(() => {
    const found = new Map<string, string[]>();
    for (const { node, message } of problems) {
      if (node !== undefined) found.set(node, [...(found.get(node) ?? []), message]);
    }
    return found;
  }, [problems]);
  // A node that is named and not drawn, as one that is missing, has no place of its own.
  const whole = problems.filter(({ node }) => node === undefined || !index?.nodes.has(node));
  return (
    <section
      dir={words.direction}
      aria-label={graph.name || msg('wf_graph_of')}
      style={{
        display: 'flex',
        flexDirection: 'column',
        height: '100%',
        minHeight: 0,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: '20px',
      }}
    >
      {whole.length > 0 ? (
        <div role="alert" style={{ flex: 'none' }}>
          <ul
            style={{
              maxHeight: 120,
              margin: 0,
              padding: '8px 16px',
              overflow: 'auto',
              listStyle: 'none',
              background: token.colorErrorBg,
            }}
          >
            {whole.map(({ node, message }) => (
              <li key={`${node} ${message}`} style={{ overflowWrap: 'anywhere' }}>
                <bdi>{message}</bdi>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {index && layout && source ? (
        <GraphView
          {...{ source, index, layout }}
          chosen={chosen ?? ownChosen}
          marked={NOBODY}
          chosenLink={undefined}
          onChoose={(key) => {
            setOwnChosen(key);
            onChoose?.(key);
          }}
          onMark={() => undefined}
          onLink={() => undefined}
          problems={byNode}
          label={graph.name || msg('wf_graph_of')}
        />
      ) : null}
    </section>
  );
}
