import { expect, screen, userEvent, waitFor } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import type { FakeSystem } from '../fakeSystem.ts';
import { inEnglish } from '../inEnglish.ts';
import { design, poleOfDesign } from '../modal/features.ts';
import { settled } from '../settled.ts';
import { LabelPolesStage, type StageArgs } from './LabelPolesStage.tsx';

/** A modal as an author builds it from the parts: see harness/parts/LabelPolesModal.tsx. */
let server: FakeSystem;
const meta = preview.type<{ args: StageArgs }>().meta({
  title: 'Parts/An author’s modal',
  args: {
    selected: poleOfDesign,
    prepare: (opened: FakeSystem) => {
      server = opened;
    },
  },
  render: (args, { globals }) => (
    <LabelPolesStage {...args} language={globals.language} theme={globals.theme} />
  ),
});

const startButton = () => screen.findByRole('button', { name: 'Label poles' });

/** From the click to the end. */
export const FromStartToEnd = meta.story({
  play: inEnglish(async () => {
    const prefix = await screen.findByLabelText('Prefix');
    await userEvent.clear(prefix);
    await expect(await startButton()).toBeDisabled();
    await expect(await startButton()).toHaveAccessibleDescription('Enter a prefix.');
    // Enter in a field starts.
    await userEvent.type(prefix, 'N-{Enter}');
    await expect(await screen.findByRole('heading', { name: 'Waiting for a free worker' })).toHaveFocus();
    await expect(server.task.snapshot.params).toEqual({ design: 'design/FTTH-North', prefix: 'N-' });
    server.task.run({ percent: 40, step: 2, stepCount: 2, done: 40, total: 100 });
    await expect(await screen.findByText('Step 2 of 2 · Naming them')).toBeVisible();
    await expect(screen.getByText('40 / 100 poles')).toBeVisible();
    server.task.succeed({ labelled: 100 });
    await expect(await screen.findByRole('heading', { name: '100 poles labelled' })).toHaveFocus();
    await settled();
    await userEvent.click(screen.getByRole('button', { name: 'Start another' }));
    await expect(await startButton()).toBeEnabled();
  }),
});

/** The setup says what is missing. */
export const NothingToStartFrom = meta.story({
  args: { selected: design },
  play: inEnglish(async () => {
    await expect(await startButton()).toHaveAccessibleDescription('Select a pole of a design on the map.');
  }),
});

/** An error in words of the author's. */
export const Refused = meta.story({
  args: {
    prepare: (opened) => opened.refuse('enqueueTask', { code: 'no-poles', message: 'design/X has no poles' }),
  },
  play: inEnglish(async () => {
    await userEvent.click(await startButton());
    await expect(await screen.findByRole('alert')).toHaveTextContent('This design has no poles.');
  }),
});

/** Steps in the author's words, and the same window in every language. */
export const HalfWay = meta.story({
  args: {
    prepare: (opened) => {
      server = opened;
      opened
        .add({ name: 'label_poles', params: { design: 'design/FTTH-North', prefix: 'N-' } })
        .run({ percent: 50, step: 2, stepCount: 2, done: 50, total: 100 });
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText('50 / 100 poles')).toBeVisible();
    await expect(screen.getByText('FTTH-North')).toBeVisible();
  }),
});

/** The host reports no percentage and no connection, and cannot cancel. The modal makes nothing up. */
export const HostThatTellsLittle = meta.story({
  args: { minimal: true },
  play: inEnglish(async () => {
    await userEvent.click(await startButton());
    await expect(await screen.findByRole('heading', { name: 'Starting…' })).toBeVisible();
    await waitFor(() => expect(server.openStreams).toBe(1));
    server.task.run({ percent: null, message: 'Naming poles' });
    await expect(await screen.findByRole('heading', { name: 'Running' })).toBeVisible();
    await expect(screen.getByText('Naming poles')).toBeVisible();
    await expect(screen.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
    await expect(screen.queryByText(/%/)).toBeNull();
    await expect(screen.queryByText('Connecting…')).toBeNull();
    await expect(screen.queryByRole('button', { name: 'Cancel task' })).toBeNull();
  }),
});
