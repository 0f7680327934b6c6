import type { ReactNode } from 'react';
import type { SystemClient } from '../../src/client/SystemClient.ts';
import type { TaskError, TaskSnapshot } from '../../src/contract/index.ts';
import { RunStage, type RunStageProps } from './RunStage.tsx';
import { endedRun, logOf, serveRuns } from './runs.ts';

interface GalleryProps {
  language: string;
  theme: 'light' | 'dark';
}

const serve = (given: Partial<TaskSnapshot> = {}): SystemClient => serveRuns([endedRun(given)]).client;

/** The server refuses to say anything about the run. */
function refuse(error: TaskError): SystemClient {
  const { client } = serveRuns([]);
  return { ...client, getTask: () => Promise.reject(error), streamTaskProgress: () => ({ close() {} }) };
}

const NO_ITEMS = { items: undefined, result: undefined };
const FAILED = { code: 'timeout', message: 'The task took longer than 60 seconds' };

interface Case extends Partial<Omit<RunStageProps, 'make'>> {
  name: string;
  make(): SystemClient;
}

const CASES: readonly Case[] = [
  { name: 'Failed', make: () => serve({ ...NO_ITEMS, status: 'failed', error: FAILED, attempt: 3 }) },
  {
    name: 'Cancelled by somebody else',
    make: () => serve({ ...NO_ITEMS, status: 'cancelled', cancelledBy: 'Jonas Weber' }),
    user: 'mara',
  },
  {
    name: 'Waiting',
    make: () =>
      serve({
        ...NO_ITEMS,
        status: 'queued',
        startedAt: undefined,
        finishedAt: undefined,
        progress: { percent: null, step: null, message: '' },
        waiting: { reason: 'no-worker', queue: 'reports', place: 2 },
      }),
  },
  {
    name: 'Without the right to see it',
    make: () => refuse({ code: 'forbidden', message: 'no', details: { owner: 'Mara Okafor' } }),
  },
  { name: 'Never there', make: () => refuse({ code: 'task-not-found', message: 'no' }) },
  { name: 'Offline', make: () => refuse({ code: 'network', message: 'no' }) },
  { name: 'The server breaks', make: () => refuse({ code: 'internal', message: 'The disk is full' }) },
  { name: 'Compare: nobody has chosen yet', make: () => serve(), withId: '' },
  {
    name: 'Phone: some items failed',
    make: () => serveRuns([endedRun()], { log: logOf(60) }).client,
    width: 320,
    height: 640,
  },
];

/** The states of a run's page beside each other. */
export function RunGallery({ language, theme }: GalleryProps): ReactNode {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16 }}>
      {CASES.map(({ name, ...stage }) => (
        <section key={name} aria-label={name}>
          <RunStage width={600} height={310} {...{ language, theme }} {...stage} />
        </section>
      ))}
    </div>
  );
}
