import type { HostApplication } from 'lrt-plugin/host';
import { WorkflowGraphView, WorkflowView } from 'lrt-plugin/monitor';
import type { SystemClient } from 'lrt-plugin/parts';
import { inspection } from './workflow.ts';

interface WorkflowProps {
  app: HostApplication;
  system: SystemClient;
  /** Undefined before it runs. */
  runId: string | undefined;
}

const packs = { en: { parameter_design: 'Design' } };

/** It stands below the map, over the whole width. */
export function Workflow({ app, system, runId }: WorkflowProps) {
  if (runId !== undefined)
    return <WorkflowView {...{ app, system, packs }} taskId={runId} map={app.map} docked />;
  return (
    <div style={{ height: 404 }}>
      <WorkflowGraphView
        app={app}
        graph={inspection(2)}
        problems={[{ node: 'report', message: 'Nobody reads it' }]}
      />
    </div>
  );
}
