import { client } from './workflow.ts';

/** Runs the node `key` of a workflow again, with all that comes after it. What came before is kept. */
export const runAgainFrom = (workflowId: string, key: string) =>
  client.retryTask(workflowId, { nodes: { from: [key] } });
