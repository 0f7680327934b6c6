import { Button } from 'antd';
import { expect, screen, userEvent, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { TaskCancelled, TaskFailure, TaskPanel, TaskSummary } from '../../src/parts/index.ts';
import { inEnglish } from '../inEnglish.ts';
import { PartStage } from './PartStage.tsx';
import { stillSession } from './stillSession.ts';
import { taskState } from './tasks.ts';

/** `<TaskSummary>`, `<TaskFailure>`, `<TaskCancelled>`: how a task has ended. */
const meta = preview.type<{ args: { children: React.ReactNode } }>().meta({
  title: 'Parts/How it ended',
  args: { children: null },
  render: ({ children }, { globals }) => (
    <PartStage language={globals.language} theme={globals.theme}>
      {children}
    </PartStage>
  ),
});

const succeeded = taskState({ status: 'succeeded', result: { labelled: 1000 } });
const failed = (code: string, message: string) =>
  stillSession({ task: taskState({ status: 'failed', error: { code, message } }) });

export const Summary = meta.story({
  args: {
    children: (
      <TaskSummary
        session={stillSession({ task: succeeded })}
        task={succeeded}
        heading="1,000 poles labelled"
        facts={[['First', 'N-1']]}
        actions={<Button type="primary">Show them</Button>}
      />
    ),
  },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: '1,000 poles labelled' })).toBeVisible();
    await expect(screen.getByText('1 min 35 sec')).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Show them' })).toBeEnabled();
  }),
});

const partly = taskState({
  status: 'succeeded',
  result: { labelled: 998 },
  items: {
    ok: 998,
    failed: 2,
    failures: [
      {
        id: 'pole/12',
        code: 'no-access',
        message: 'Pole 12 stands behind a locked gate',
        geometry: { type: 'Point', coordinates: [0.1218, 52.2053] },
      },
      { id: 'pole/847', code: 'not-found', message: 'Another planner deleted pole 847 while the task ran' },
    ],
  },
  logs: [
    { level: 'info', message: 'Reading the poles of design/FTTH-North', at: '2026-03-01T08:00:00Z' },
    { level: 'warning', message: 'Pole 12 stands behind a locked gate', at: '2026-03-01T08:01:12Z' },
    { level: 'error', message: 'Another planner deleted pole 847', at: '2026-03-01T08:01:30Z' },
  ],
});

/** Some of its items failed: they are counted, named, shown on the map, and run again by one click. */
export const PartlySucceeded = meta.story({
  args: {
    children: (
      <TaskSummary session={stillSession({ task: partly })} task={partly} map={{ fitBounds: () => {} }} />
    ),
  },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: '2 of 1,000 failed' })).toBeVisible();
    await expect(await screen.findByRole('button', { name: 'Show on map: pole/12' })).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Retry 2 failed' })).toBeEnabled();
  }),
});

/** A button shows the log and counts its warnings. An author's own button stands beside those of the panel. */
export const LogAndOwnButton = meta.story({
  args: {
    children: (
      <TaskPanel
        session={stillSession({ task: partly })}
        setup={null}
        actions={({ id }) => <Button href={`#${id}`}>Export the list</Button>}
      />
    ),
  },
  play: inEnglish(async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Log · 2 warnings' }));
    const log = await screen.findByRole('region', { name: 'Log' });
    await expect(within(log).getByText('Another planner deleted pole 847')).toBeVisible();
    await expect(screen.getByRole('link', { name: 'Export the list' })).toBeVisible();
  }),
});

const sentence = taskState({ status: 'succeeded', result: 'Operation completed successfully' });

/** A host whose tasks answer with a sentence. */
export const SummaryOfASentence = meta.story({
  args: { children: <TaskSummary session={stillSession({ task: sentence })} task={sentence} /> },
  play: inEnglish(async () => {
    await expect(await screen.findByText('Operation completed successfully')).toBeVisible();
    await expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  }),
});

export const Failed = meta.story({
  args: { children: <TaskFailure session={failed('timeout', 'longer than 60 s')} /> },
  play: inEnglish(async () => {
    await expect(await screen.findByText('The server says: longer than 60 s')).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  }),
});

/** In the author's own words. */
export const FailedByTheTask = meta.story({
  args: { children: <TaskFailure session={failed('no-poles', 'design/X has no poles')} /> },
  play: inEnglish(async () => {
    await expect(await screen.findByText('This design has no poles.')).toBeVisible();
  }),
});

/** The host ended the stream and did not say how the task did. */
export const OutOfSight = meta.story({
  args: {
    children: <TaskFailure session={stillSession({ task: taskState({ ended: true }) })} />,
  },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: 'The task is out of sight' })).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Look again' })).toBeEnabled();
  }),
});

export const Cancelled = meta.story({
  args: { children: <TaskCancelled session={stillSession({ task: taskState({ status: 'cancelled' }) })} /> },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: 'The task was cancelled' })).toBeVisible();
  }),
});
