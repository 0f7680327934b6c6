// Plays the page of the Reflex template as a user does, on the Reflex face of the mock backend.
import { expect, screen, userEvent, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { inEnglish } from '../inEnglish.ts';
import { PartStage } from '../parts/PartStage.tsx';
import { SeedStage } from './SeedStage.tsx';

/** The page of the Reflex template: start a task, watch it, and find it among those that are completed. */
const meta = preview.meta({
  title: 'Reflex/Seed page',
  render: (_, { msw, globals }) => (
    <PartStage language={globals.language} theme={globals.theme}>
      <SeedStage worker={msw} />
    </PartStage>
  ),
});

export const StartAndWatch = meta.story({
  play: inEnglish(async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Start new task' }));
    const active = within(screen.getByRole('region', { name: 'Active tasks' }));
    const patience = { timeout: 15_000 };
    await expect(await active.findByText(/Processing batch \d\/5/, {}, patience)).toBeVisible();
    const completed = within(screen.getByRole('region', { name: 'Completed tasks' }));
    const bar = await completed.findByRole('progressbar', { name: /long_running_task/ }, patience);
    await expect(bar).toHaveAttribute('aria-valuenow', '100');
    await expect(active.getByText('None')).toBeVisible();
  }),
});
