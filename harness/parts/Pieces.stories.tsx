import { Button } from 'antd';
import { useState } from 'react';
import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import {
  Actions,
  ConnectionStateView,
  ErrorText,
  Facts,
  Notice,
  TaskAnnouncer,
  TaskErrorBoundary,
} from '../../src/parts/index.ts';
import { StateIcon } from '../../src/parts/StateIcon.tsx';
import type { ShownState } from '../../src/parts/stateOf.ts';
import { createFakeSystem } from '../fakeSystem.ts';
import { inEnglish } from '../inEnglish.ts';
import { PartStage } from './PartStage.tsx';
import { TaskOverview } from './TaskOverview.tsx';
import { taskState } from './tasks.ts';

/** The small pieces that the others are made of. */
const meta = preview.type<{ args: { children: React.ReactNode } }>().meta({
  title: 'Parts/Pieces',
  args: { children: null },
  render: ({ children }, { globals }) => (
    <PartStage language={globals.language} theme={globals.theme}>
      {children}
    </PartStage>
  ),
});

export const Connection = meta.story({
  args: {
    children: (
      <>
        <ConnectionStateView connection={{ state: 'connecting' }} />
        <ConnectionStateView connection={{ state: 'live' }} />
        <ConnectionStateView connection={{ state: 'polling' }} />
        <ConnectionStateView
          connection={{ state: 'reconnecting', attempt: 2, retryAt: Date.now() + 20_000, reason: 'reset' }}
        />
        <ConnectionStateView connection={{ state: 'closed' }} />
      </>
    ),
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText('Live')).toBeVisible();
    await expect(screen.getByText(/trying again in/)).toBeVisible();
  }),
});

export const Errors = meta.story({
  args: {
    children: (
      <Notice kind="error" title="Refused">
        <ErrorText
          error={{
            code: 'invalid-params',
            message: 'prefix: longer than 20 characters',
            parameters: [{ parameter: 'prefix', code: 'out-of-range', message: 'at most 20' }],
          }}
        />
      </Notice>
    ),
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText('Prefix: outside the range allowed.')).toBeVisible();
  }),
});

export const FactsAndActions = meta.story({
  args: {
    children: (
      <>
        <Facts
          facts={[
            ['Design', 'FTTH-North'],
            ['Poles', '1,000'],
          ]}
        />
        <Notice kind="info">Labels are seen by everyone once the design is published.</Notice>
        <Notice kind="warning">Poles that have a name keep it.</Notice>
        <Actions start={<Button>Preview</Button>}>
          <Button type="primary">Label poles</Button>
        </Actions>
      </>
    ),
  },
  play: inEnglish(async () => {
    await expect(await screen.findAllByRole('definition')).toHaveLength(2);
  }),
});

const STATES: readonly ShownState[] = [
  'queued',
  'stuck',
  'running',
  'reconnecting',
  'cancelling',
  'succeeded',
  'partly-succeeded',
  'failed',
  'cancelled',
  'skipped',
  'lost',
];

/** Each state of a task has an icon of its own, which is seen without its colour. */
export const StateIcons = meta.story({
  args: {
    children: (
      <div style={{ display: 'flex', gap: 16 }}>
        {STATES.map((state) => (
          <StateIcon key={state} state={state} percent={40} label={state} />
        ))}
      </div>
    ),
  },
  play: inEnglish(async () => {
    await expect(await screen.findAllByRole('img')).toHaveLength(STATES.length);
  }),
});

/** For screen readers only: nothing is to be seen. */
export const Announcer = meta.story({
  args: { children: <TaskAnnouncer task={taskState()} /> },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('status')).toHaveTextContent('Running, 61%');
  }),
});

function Fragile() {
  const [broken, setBroken] = useState(false);
  if (broken) throw new Error('The label has no text');
  return <Button onClick={() => setBroken(true)}>Break it</Button>;
}

/** An error in a part stays inside the part, and the user can try again. */
export const ErrorBoundary = meta.story({
  args: {
    children: (
      <TaskErrorBoundary>
        <Fragile />
      </TaskErrorBoundary>
    ),
  },
  play: inEnglish(async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Break it' }));
    await expect(await screen.findByRole('alert')).toHaveTextContent('The label has no text');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await expect(await screen.findByRole('button', { name: 'Break it' })).toBeVisible();
  }),
});

const server = createFakeSystem();
server.add({ name: 'label_poles', status: 'succeeded' });
server.add({ name: 'label_poles' }).run({ percent: 30, message: '300 poles' });

/** `useTaskList`: what runs on the server, whoever started it. */
export const TaskList = meta.story({
  args: { children: <TaskOverview system={server.client} /> },
  play: inEnglish(async () => {
    await expect(await screen.findAllByRole('listitem')).toHaveLength(2);
  }),
});

export const TaskListUnavailable = meta.story({
  args: { children: <TaskOverview system={createFakeSystem({ minimal: true }).client} /> },
  play: inEnglish(async () => {
    await expect(await screen.findByText('This server does not list its tasks.')).toBeVisible();
  }),
});
