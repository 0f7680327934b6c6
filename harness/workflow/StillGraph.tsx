import type { WorkflowGraph } from '../../src/contract/index.ts';
import { type GraphProblem, WorkflowGraphView } from '../../src/monitor/index.ts';
import { Frame } from '../monitor/MonitorStage.tsx';

const PROBLEMS: readonly GraphProblem[] = [
  { node: 'export', message: 'There is no task “export_plan”' },
  { node: 'bills', message: 'The link from "bills" to "report" names a node that is not in the graph' },
];

/** A graph that has not run, with what its check says. */
export function StillGraph({
  graph,
  language,
  theme,
}: {
  graph: WorkflowGraph;
  language: string;
  theme: 'light' | 'dark';
}) {
  return (
    <Frame language={language} theme={theme}>
      <div style={{ height: 404, outline: '1px solid #8888' }}>
        <WorkflowGraphView app={{}} graph={graph} language={language} problems={PROBLEMS} />
      </div>
    </Frame>
  );
}
