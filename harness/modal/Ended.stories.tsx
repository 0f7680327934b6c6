import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import type { FakeSystem } from '../fakeSystem.ts';
import { inEnglish } from '../inEnglish.ts';
import { settled } from '../settled.ts';
import { poleOfDesign } from './features.ts';
import { ModalStage, type StoryArgs } from './ModalStage.tsx';

/** Stories of the ends of a task, and the ways on from there. */
const meta = preview.type<{ args: StoryArgs }>().meta({
  title: 'Modal/Ended',
  args: {
    selected: poleOfDesign,
    prepare: (server: FakeSystem) =>
      void server.add({
        status: 'running',
        params: { design: 'design/FTTH-North', pole_id: 12, count: 2000 },
      }),
  },
  render: (args, { globals }) => <ModalStage {...args} language={globals.language} theme={globals.theme} />,
});

export const Succeeded = meta.story({
  args: { told: (task) => task.succeed() },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: '2,000 addresses connected' })).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Zoom to result' })).toBeEnabled();
    await expect(screen.getByRole('button', { name: 'Start another' })).toBeEnabled();
  }),
});

export const Failed = meta.story({
  args: { told: (task) => task.fail({ code: 'timeout', message: 'The task took longer than 600 s' }) },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: 'The task failed' })).toBeVisible();
    await expect(screen.getByText('Nothing was stored.')).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  }),
});

/** The same task once more. */
export const TriedAgain = meta.story({
  args: Failed.input.args,
  play: inEnglish(async () => {
    const again = await screen.findByRole('button', { name: 'Try again' });
    await settled();
    await userEvent.click(again);
    await expect(await screen.findByRole('heading', { name: 'Waiting for a free worker' })).toBeVisible();
  }),
});

/** The task found out what is wrong with its parameters only while it ran. */
export const FailedValidation = meta.story({
  args: {
    told: (task) =>
      task.fail({
        code: 'invalid-params',
        message: 'pole_id: pole 12 is part of design/FTTH-South',
        parameters: [
          { parameter: 'pole_id', code: 'in-other-design', message: 'Pole 12 is part of design/FTTH-South' },
        ],
      }),
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/part of another design/)).toBeVisible();
  }),
});

export const Cancelled = meta.story({
  args: { told: (task) => task.cancelled() },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('heading', { name: 'The task was cancelled' })).toBeVisible();
  }),
});
