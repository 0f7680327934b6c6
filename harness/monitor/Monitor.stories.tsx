import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { inEnglish } from '../inEnglish.ts';
import { addFinished, exampleTasks } from './exampleTasks.ts';
import { MonitorStage, type MonitorStageProps } from './MonitorStage.tsx';
import { StateGallery } from './StateGallery.tsx';

/** The task monitor on a scripted server. */
const meta = preview.type<{ args: Omit<MonitorStageProps, 'language' | 'theme'> }>().meta({
  title: 'Monitor',
  args: { make: exampleTasks },
  render: (args, { globals }) => <MonitorStage {...args} language={globals.language} theme={globals.theme} />,
});

export const Panel = meta.story({
  play: inEnglish(async () => {
    const grid = await screen.findByRole('grid');
    await within(grid).findByText('958 / 2,000 addresses connected');
    await expect(within(grid).getByText('No worker takes tasks of the queue “reports”')).toBeVisible();
    await userEvent.hover(within(grid).getAllByRole('row')[0] ?? grid);
    await userEvent.click(await within(grid).findByRole('button', { name: 'Cancel task' }));
    const question = await screen.findByRole('alertdialog', { name: 'Cancel 1 task?' });
    await expect(within(question).getByRole('button', { name: 'Back' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect(screen.queryByRole('alertdialog')).toBeNull();
  }),
});

export const Phone = meta.story({
  args: { width: 320, height: 640 },
  play: inEnglish(async () => {
    const grid = await screen.findByRole('grid');
    await expect(grid.scrollWidth).toBeLessThanOrEqual(320);
    await userEvent.click(screen.getByRole('button', { name: 'Filters' }));
    await screen.findByRole('checkbox', { name: 'Mine' });
    await expect(screen.getByText('Mine')).toBeVisible();
  }),
});

export const Finished = meta.story({
  args: {
    filter: { view: 'finished' },
    make() {
      const system = exampleTasks();
      addFinished(system, 214);
      return system;
    },
  },
  play: inEnglish(async () => {
    const grid = await screen.findByRole('grid');
    await expect(within(grid).getByText('Today')).toBeVisible();
    // Older tasks are read when the end of the list comes near, which makes the list longer.
    await waitFor(() => {
      grid.scrollTop = grid.scrollHeight;
      expect(within(grid).getByText('1,787 addresses connected')).toBeVisible();
    });
  }),
});

export const Page = meta.story({
  args: { variant: 'page', width: '100%' },
  play: inEnglish(async () => {
    await expect(await screen.findByText('Started')).toBeVisible();
    await expect((await screen.findAllByRole('row')).length).toBe(8);
  }),
});

/** States in which there is little to see. */
export const States = meta.story({
  // Each monitor is a region "Tasks". An application has one of them.
  parameters: { a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } } },
  render: (_, { globals }) => <StateGallery language={globals.language} theme={globals.theme} />,
  play: inEnglish(async () => {
    await expect(await screen.findByText(/Connection lost, trying again/)).toBeVisible();
    await expect(await screen.findByText('Nothing runs and nothing waits')).toBeVisible();
    await expect(await screen.findByText('No task fits this filter')).toBeVisible();
    await expect(await screen.findByText('You are signed out. Sign in again.')).toBeVisible();
  }),
});
