import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import type { MockBackendOptions } from '../../mocks/index.ts';
import { inEnglish } from '../inEnglish.ts';
import { MockedHostPage } from '../MockedHostPage.tsx';
import { hostedSamples } from './hostedSamples.ts';

/**
 * Three plugins as authors write them for the platform, in JavaScript, unmodified in the stand-in host: one runs a
 * task, one edits the selected pole, one has settings and a table of results.
 */
const meta = preview.type<{ args: { backend: MockBackendOptions } }>().meta({
  title: 'Samples',
  parameters: { layout: 'fullscreen' },
  args: { backend: { runSeconds: 4 } },
  render: ({ backend }, { msw, globals }) => (
    <MockedHostPage
      worker={msw}
      backend={backend}
      language={globals.language}
      theme={globals.theme}
      scenario={globals.scenario}
      plugins={hostedSamples}
    />
  ),
});

const patience = { timeout: 20_000 };

export const Default = meta.story({
  name: 'Samples',
  play: inEnglish(async ({ canvas }) => {
    await canvas.findByText(/Addresses: 4,000/, {}, patience);
    const toolbar = within(canvas.getByRole('toolbar'));
    await expect(await toolbar.findByRole('button', { name: 'Connect addresses' })).toBeVisible();
    await expect(toolbar.getByRole('button', { name: 'Rename pole' })).toBeVisible();
    await expect(toolbar.getByRole('button', { name: 'Poles nearby' })).toBeVisible();
  }),
});

/** Select a pole, rename it: its details show the new name. */
export const Rename = meta.story({
  play: inEnglish(async ({ canvas }) => {
    await canvas.findByText(/Addresses: 4,000/, {}, patience);
    await userEvent.type(canvas.getByRole('combobox', { name: 'Select feature' }), 'N-1001');
    await userEvent.click(await screen.findByTitle('N-1001'));
    await userEvent.click(
      await within(canvas.getByRole('toolbar')).findByRole('button', { name: 'Rename pole' }),
    );
    const name = await screen.findByRole('textbox', { name: /^Name of pole/ });
    await userEvent.clear(name);
    await userEvent.type(name, 'Mill Road 1');
    await userEvent.click(screen.getByRole('button', { name: 'Rename' }));
    await screen.findByText('N-1001 is now called Mill Road 1.');
    await expect(await canvas.findByRole('heading', { name: 'Mill Road 1' })).toBeVisible();
  }),
});

/** Select a pole, search around it: what was found is listed, and marked on the map until the report is closed. */
export const Report = meta.story({
  play: inEnglish(async ({ canvas, canvasElement }) => {
    await canvas.findByText(/Addresses: 4,000/, {}, patience);
    await userEvent.type(canvas.getByRole('combobox', { name: 'Select feature' }), 'N-1001');
    await userEvent.click(await screen.findByTitle('N-1001'));
    await userEvent.click(
      await within(canvas.getByRole('toolbar')).findByRole('button', { name: 'Poles nearby' }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Search' }));
    const found = await screen.findByText(/^Poles found: [1-9]/);
    const [count] = /\d+$/.exec(found.textContent ?? '') ?? [];
    const marks = () => canvasElement.querySelector<HTMLElement>('[data-plugins]')?.dataset.plugins;
    await waitFor(() => expect(marks()).toBe(count));
    await userEvent.click(screen.getByText('Close'));
    await waitFor(() => expect(marks()).toBe('0'));
  }),
});
