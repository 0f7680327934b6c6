/** A large workflow for stories, tests and the bench: ten nodes wide, each after one or two of the rank before it. */
import type { WorkflowGraph, WorkflowLink } from '../../src/contract/index.ts';
import { type ServedWorkflow, serveWorkflow } from './planAndConnect.ts';

const WIDE = 10;

export function wideGraph(count: number): WorkflowGraph {
  const links: WorkflowLink[] = [];
  for (let index = WIDE; index < count; index += 1) {
    const before = Math.floor(index / WIDE - 1) * WIDE;
    links.push({ from: `n${before + (index % WIDE)}`, to: `n${index}` });
    if (index % 3 === 0) links.push({ from: `n${before + ((index * 7) % WIDE)}`, to: `n${index}` });
  }
  const nodes = Array.from({ length: count }, (_, index) => ({
    key: `n${index}`,
    task: 'step',
    title: `Task ${index}`,
  }));
  return { name: `${count} tasks`, nodes, links };
}

/** Half of it is done, one rank runs, and one task failed. */
export function serveWideWorkflow(count: number): ServedWorkflow {
  const half = Math.floor(count / 2 / WIDE) * WIDE;
  const script = Object.fromEntries(
    Array.from({ length: Math.min(count, half + WIDE) }, (_, index) => {
      const from = Math.floor(index / WIDE);
      if (index < half) {
        return [
          `n${index}`,
          { from, to: from + 1, ...(index === 13 && { also: { status: 'failed' as const } }) },
        ];
      }
      const progress = { percent: 40, step: null, message: '' };
      return [`n${index}`, { from, also: { status: 'running' as const, progress } }];
    }),
  );
  return serveWorkflow({ graph: wideGraph(count), script });
}
