import { expect, screen } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { TaskProgressView, type TaskSessionState } from '../../src/parts/index.ts';
import { inEnglish } from '../inEnglish.ts';
import { PartStage } from './PartStage.tsx';
import { stillSession } from './stillSession.ts';
import { taskState } from './tasks.ts';

/** `<TaskProgressView session>`: a task at work. */
const meta = preview.type<{ args: { state: Partial<TaskSessionState> } }>().meta({
  title: 'Parts/TaskProgressView',
  args: { state: { task: taskState() } },
  render: ({ state }, { globals }) => (
    <PartStage language={globals.language} theme={globals.theme}>
      <TaskProgressView session={stillSession(state)} />
    </PartStage>
  ),
});

export const HalfWay = meta.story({
  play: inEnglish(async () => {
    await expect(await screen.findByText('61%')).toBeVisible();
    await expect(screen.getByText('Step 2 of 2 · Naming them')).toBeVisible();
    await expect(screen.getByText('617 / 1,000 poles')).toBeVisible();
    await expect(await screen.findByText(/^\d+ sec to 1 min/)).toBeVisible();
  }),
});

/** The host gives no percentage: stripes, no figure, no estimate. */
export const NoPercent = meta.story({
  args: {
    state: {
      task: taskState({ progress: { percent: null, step: null, message: 'Reading the survey of 1978' } }),
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
    await expect(screen.getByText('Reading the survey of 1978')).toBeVisible();
    await expect(screen.queryByText(/%|\d sec to|left/)).toBeNull();
  }),
});

/** Started, and not a word from the host since. */
export const NothingHeard = meta.story({
  args: {
    state: {
      canCancel: false,
      task: taskState({
        status: 'queued',
        running: undefined,
        connection: { state: 'connecting' },
        progress: { percent: null, step: null, message: '' },
      }),
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: 'Starting…' })).toBeVisible();
    await expect(screen.queryByText(/%|\d sec to|left/)).toBeNull();
  }),
});

export const SecondAttempt = meta.story({
  args: { state: { task: taskState({ attempt: 2 }) } },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/attempt 2/)).toBeVisible();
  }),
});

export const CancelRefused = meta.story({
  args: {
    state: {
      task: taskState(),
      cancelFailure: { code: 'rate-limited', message: 'busy', retryAfterSeconds: 5 },
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 5 sec.');
  }),
});
