import { defineWorkflow } from '../../backend/workflows/define/defineWorkflow.ts';
import type { WorkflowGraph } from '../../src/contract/index.ts';
import { checkData } from './checkData.ts';
import { chooseArea } from './chooseArea.ts';
import { connectArea } from './connectArea.ts';
import { planArea } from './planArea.ts';
import { reportArea } from './reportArea.ts';

/** The definitions that `connectAreaWorkflow` runs: for `createMockBackend({ tasks: connectAreaTasks })`. */
export const connectAreaTasks = [chooseArea, checkData, planArea, connectArea, reportArea];

export interface ConnectAreaOptions {
  /** Default 'design/FTTH-North'. */
  design?: string;
  /** So many addresses at most: 1 to 500. Default 60. */
  most?: number;
  /** A drop that is longer makes the node "plan" fail. Default 2,000. */
  longestMetres?: number;
}

/**
 * Makes the workflow that connects the area of a design: choose the area, check the data, plan, connect, report.
 *
 * @example
 * const mock = await createMockBackend({ tasks: connectAreaTasks });
 * await client.enqueueTask('workflow', { graph: connectAreaWorkflow({ design: 'design/FTTH-South' }) });
 */
export function connectAreaWorkflow(options: ConnectAreaOptions = {}): WorkflowGraph {
  const { design = 'design/FTTH-North', most = 60, longestMetres = 2_000 } = options;
  return defineWorkflow({
    name: 'Connect an area',
    nodes: {
      choose: { task: chooseArea, title: 'Choose the area', params: { design, most } },
      check: { task: checkData, title: 'Check the data', weight: 2 },
      plan: { task: planArea, title: 'Plan the drops', weight: 2, params: { longest_metres: longestMetres } },
      connect: { task: connectArea, title: 'Connect the addresses', weight: 10 },
      report: { task: reportArea, title: 'Write the report' },
    },
    links: [
      { from: 'choose', output: 'design', to: 'check', input: 'design' },
      { from: 'choose', output: 'addresses', to: 'check', input: 'addresses' },
      { from: 'choose', output: 'design', to: 'plan', input: 'design' },
      { from: 'choose', output: 'pole_id', to: 'plan', input: 'pole_id' },
      { from: 'check', output: 'addresses', to: 'plan', input: 'addresses' },
      { from: 'choose', output: 'design', to: 'connect', input: 'design' },
      { from: 'choose', output: 'pole_id', to: 'connect', input: 'pole_id' },
      { from: 'plan', output: 'addresses', to: 'connect', input: 'addresses' },
      { from: 'choose', output: 'design', to: 'report', input: 'design' },
      { from: 'check', output: 'refused', to: 'report', input: 'refused' },
      { from: 'plan', output: 'metres', to: 'report', input: 'planned_metres' },
      { from: 'connect', output: 'connections', to: 'report', input: 'connections' },
      { from: 'connect', output: 'poles', to: 'report', input: 'poles' },
      { from: 'connect', output: 'cableLengthMetres', to: 'report', input: 'built_metres' },
    ],
  });
}
