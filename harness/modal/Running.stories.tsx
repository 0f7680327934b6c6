import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import type { FakeSystem } from '../fakeSystem.ts';
import { inEnglish } from '../inEnglish.ts';
import { settled } from '../settled.ts';
import { poleOfDesign } from './features.ts';
import { ModalStage, type StoryArgs } from './ModalStage.tsx';

/** Stories of a running task. The modal finds it as after a reload, then the server continues to report. */
const meta = preview.type<{ args: StoryArgs }>().meta({
  title: 'Modal/Running',
  args: {
    selected: poleOfDesign,
    prepare: (server: FakeSystem) =>
      void server.add({ params: { design: 'design/FTTH-North', pole_id: 12, count: 2000 } }),
  },
  render: (args, { globals }) => <ModalStage {...args} language={globals.language} theme={globals.theme} />,
});

const connecting = (done: number) => ({
  percent: done / 20,
  step: 4,
  stepCount: 5,
  done,
  total: 2000,
  message: `${done} / 2000 addresses connected`,
});

export const Waiting = meta.story({
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: 'Waiting for a free worker' })).toBeVisible();
  }),
});

export const Started = meta.story({
  args: { told: (task) => task.run(connecting(40)) },
  play: inEnglish(async () => {
    await expect(await screen.findByText('2%')).toBeVisible();
  }),
});

export const HalfWay = meta.story({
  args: { told: (task) => task.run(connecting(1100)) },
  play: inEnglish(async () => {
    await expect(await screen.findByText('1,100 / 2,000 addresses connected')).toBeVisible();
    await expect(screen.getByText('Step 4 of 5 · Connecting addresses')).toBeVisible();
    await expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '55');
    await expect(screen.getByText('Live')).toBeVisible();
  }),
});

/** A task that does not know how far it is. */
export const UnknownPercent = meta.story({
  args: { told: (task) => task.run({ percent: null, message: 'Reading the survey of 1978' }) },
  play: inEnglish(async () => {
    await expect(await screen.findByText('Reading the survey of 1978')).toBeVisible();
  }),
});

export const Reconnecting = meta.story({
  args: {
    told: (task) => {
      task.run(connecting(640));
      task.connection({ state: 'reconnecting', attempt: 2, retryAt: Date.now() + 20_000, reason: 'reset' });
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/Connection lost, trying again in/)).toBeVisible();
    await expect(screen.getByText('640 / 2,000 addresses connected')).toBeVisible();
  }),
});

/** The server lost the task and started it again. */
export const StartedAgain = meta.story({
  args: {
    told: (task) => {
      task.run(connecting(900));
      task.restart();
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/attempt 2/)).toBeVisible();
  }),
});

export const Cancelling = meta.story({
  args: { told: (task) => task.run(connecting(1500)) },
  play: inEnglish(async () => {
    const cancel = await screen.findByRole('button', { name: 'Cancel task' });
    await settled();
    await userEvent.click(cancel);
    const button = await screen.findByRole('button', { name: 'Cancelling…' });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
  }),
});
