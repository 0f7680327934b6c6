import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import preview from '../.storybook/preview.tsx';
import {
  connectAreaTasks,
  connectAreaWorkflow,
  generateTown,
  type MockBackendOptions,
} from '../mocks/index.ts';
import type { WorkflowGraph } from '../src/contract/index.ts';
import { inEnglish } from './inEnglish.ts';
import { MockedHostPage } from './MockedHostPage.tsx';
import { openTable } from './table/tableAddress.ts';

/**
 * The host application with the plugin, on a backend in this page: select a pole of a design on the map, press the
 * button in the toolbar, then Create. The toolbar of Storybook changes language, theme and network.
 */
const meta = preview.type<{ args: { backend: MockBackendOptions; workflow?: WorkflowGraph } }>().meta({
  title: 'Host application',
  parameters: { layout: 'fullscreen' },
  args: { backend: { persist: 'lrt-storybook', runSeconds: 20 } },
  render: ({ backend, workflow }, { msw, globals }) => (
    <MockedHostPage
      worker={msw}
      backend={backend}
      workflow={workflow}
      language={globals.language}
      theme={globals.theme}
      scenario={globals.scenario}
    />
  ),
});

const patience = { timeout: 20_000 };

export const Default = meta.story({
  name: 'Host application',
  play: inEnglish(async ({ canvas }) => {
    await expect(await canvas.findByText(/Addresses: 4,000/, {}, patience)).toBeVisible();
  }),
});

/** From the selection to the network on the map, by itself. */
export const MainJob = meta.story({
  args: { backend: { runSeconds: 2 } },
  play: inEnglish(async ({ canvas }) => {
    await canvas.findByText(/Addresses: 4,000/, {}, patience);
    await userEvent.type(canvas.getByRole('combobox', { name: 'Select feature' }), 'N-1001');
    await userEvent.click(await screen.findByTitle('N-1001'));
    await canvas.findByRole('heading', { name: 'N-1001' });
    await userEvent.click(
      within(canvas.getByRole('toolbar')).getByRole('button', { name: 'Customer connections' }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Create connections' }));
    await screen.findByRole('heading', { name: '2,000 addresses connected' }, patience);
    await waitFor(
      () => expect(canvas.getByTestId('map')).toHaveAttribute('data-committed', '4000'),
      patience,
    );
  }),
});

/** The layers of the map with their switches, and the table of what is in view. */
export const LayersAndTable = meta.story({
  args: { backend: { town: generateTown({ addresses: 200 }) } },
  // The table stands in the page's address, which the next story has as well.
  beforeEach: () => () => openTable(undefined),
  play: inEnglish(async ({ canvas }) => {
    await canvas.findByText(/Addresses: 200/, {}, patience);
    await userEvent.click(canvas.getByRole('button', { name: 'Layers' }));
    await userEvent.click(await canvas.findByRole('checkbox', { name: 'Addresses' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Table of features' }));
    await expect(await canvas.findByText(/^\d+ features$/, {}, patience)).toBeVisible();
  }),
});

/** A workflow on its page: choose an area, check its data, plan, connect, report, on the generated town. */
export const Workflow = meta.story({
  args: {
    backend: { tasks: connectAreaTasks },
    workflow: connectAreaWorkflow({ design: 'design/FTTH-North', most: 40 }),
  },
  play: inEnglish(async () => {
    const tree = within(await screen.findByRole('tree', { name: 'Connect an area' }, patience));
    await tree.findByRole('treeitem', { name: /^Write the report, done/ }, patience);
    await screen.findByText(/^5 of 5 done/);
    await userEvent.click(tree.getByRole('treeitem', { name: /^Plan the drops/ }));
    await userEvent.click(await screen.findByRole('button', { name: /^Connect the addresses 40/ }));
    await screen.findByRole('region', { name: 'Plan the drops to Connect the addresses' });
  }),
});
