import type { ReactNode } from 'react';
import type { SystemClient } from '../../src/client/SystemClient.ts';
import { GRAPH, MIDDLE, serveWorkflow } from './planAndConnect.ts';
import { WorkflowStage, type WorkflowStageProps } from './WorkflowStage.tsx';
import { serveWideWorkflow } from './wideWorkflow.ts';

const DONE = Object.fromEntries(
  GRAPH.nodes.map(({ key }, index) => [
    key,
    { ...MIDDLE[key], from: index * 5, to: index * 5 + 4, also: {} },
  ]),
);
const EARLIER = {
  area: 'old-area',
  addresses: 'old-addresses',
  poles: 'old-poles',
  plan: 'old-plan',
  prices: 'old-prices',
};
const ended = (seconds: number) => new Date(Date.now() - (53 - seconds) * 1000).toISOString();

interface Case extends Partial<Omit<WorkflowStageProps, 'make'>> {
  name: string;
  make(): SystemClient;
}

const CASES: readonly Case[] = [
  {
    name: 'Waiting',
    make: () =>
      serveWorkflow({
        script: {},
        also: {
          status: 'queued',
          startedAt: undefined,
          progress: { percent: null, step: null, message: '' },
        },
      }).client,
  },
  {
    name: 'Cancelled',
    make: () =>
      serveWorkflow({
        script: {
          ...MIDDLE,
          connect: { from: 45, to: 50, also: { status: 'cancelled', cancelledBy: 'Jonas Weber' } },
        },
        also: { status: 'cancelled', cancelledBy: 'Jonas Weber', finishedAt: ended(50) },
      }).client,
  },
  {
    name: 'Cancelling',
    make: () => serveWorkflow({ also: { cancelRequested: true, cancelledBy: 'mara' } }).client,
  },
  {
    name: 'Failed',
    make: () =>
      serveWorkflow({
        also: {
          status: 'failed',
          finishedAt: ended(53),
          items: { ok: 6, failed: 1, failures: [{ id: 'bill', code: 'no-price', message: 'No price' }] },
          error: { code: 'node-failed', message: 'Node "bill" failed: No price', details: { node: 'bill' } },
        },
      }).client,
  },
  {
    name: 'Done',
    make: () => serveWorkflow({ script: DONE, also: { status: 'succeeded', finishedAt: ended(49) } }).client,
  },
  {
    name: 'Run again in part',
    make: () =>
      serveWorkflow({
        script: {
          connect: {
            from: 1,
            also: {
              status: 'running',
              attempt: 2,
              progress: { percent: null, step: null, message: 'Connecting' },
            },
          },
        },
        also: { params: { graph: GRAPH, kept: EARLIER, only: ['connect'] } },
        secondsAgo: 12,
      }).client,
  },
  {
    name: 'Connection lost',
    make: () => {
      const { client } = serveWorkflow();
      return {
        ...client,
        watchTasks(_filter, handlers) {
          queueMicrotask(() =>
            handlers.onConnection?.({
              state: 'reconnecting',
              attempt: 2,
              retryAt: Date.now() + 60_000,
              reason: 'lost',
            }),
          );
          return { close() {} };
        },
      };
    },
  },
  { name: 'Many tasks', make: () => serveWideWorkflow(150).client },
];

/** The states of a run view beside each other. */
export function WorkflowGallery({
  language,
  theme,
}: {
  language: string;
  theme: 'light' | 'dark';
}): ReactNode {
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      {CASES.map(({ name, ...stage }) => (
        <section key={name} aria-label={name}>
          <WorkflowStage height={320} {...{ language, theme }} {...stage} />
        </section>
      ))}
    </div>
  );
}
