import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { inEnglish } from '../inEnglish.ts';
import { GRAPH, NO_PRICE, serveWorkflow } from './planAndConnect.ts';
import { StillGraph } from './StillGraph.tsx';
import { WorkflowGallery } from './WorkflowGallery.tsx';
import { WorkflowStage, type WorkflowStageProps } from './WorkflowStage.tsx';

/** The run view of a workflow on a scripted server. */
const meta = preview.type<{ args: Omit<WorkflowStageProps, 'language' | 'theme'> }>().meta({
  title: 'Run view',
  args: { make: () => serveWorkflow().client },
  render: (args, { globals }) => (
    <WorkflowStage {...args} language={globals.language} theme={globals.theme} />
  ),
});

const choose = async (name: RegExp) => userEvent.click(await screen.findByRole('treeitem', { name }));

/** One task runs and one failed, while others wait or are skipped. */
export const Graph = meta.story({
  play: inEnglish(async () => {
    await screen.findByText('1 task failed, 1 still runs');
    await choose(/^Bill of materials, failed/);
    await screen.findByText(NO_PRICE);
    await screen.findByText('No price for “splitter 1:32” (48 pieces)');
    await expect(
      screen.getByRole('treeitem', { name: 'Connect, running, 64%, 958 of 1,500, after Plan an area' }),
    ).toBeVisible();
    await screen.findByText('3,046');
  }),
});

export const Timeline = meta.story({
  play: inEnglish(async () => {
    await userEvent.click(await screen.findByText('Timeline'));
    await userEvent.click(await screen.findByRole('button', { name: /^Bill of materials, failed/ }));
    await screen.findByRole('button', { name: /folded/ });
    await screen.findByText('Waiting for Connect');
  }),
});

export const Table = meta.story({
  play: inEnglish(async () => {
    await userEvent.click(await screen.findByText('Table'));
    const row = await screen.findByRole('row', { name: /Plan an area/ });
    await waitFor(() => expect(within(row).getByText('1,826')).toBeVisible());
  }),
});

/** The page of the run, with its map above. */
export const Page = meta.story({
  args: { isPage: true, height: 800 },
  play: inEnglish(async () => {
    await screen.findByRole('tree', { name: 'Plan and connect' });
    await screen.findByRole('separator', { name: 'Height of the run' });
  }),
});

/** 320 px wide it is a list. */
export const Phone = meta.story({
  args: { width: 320, height: 720, isPage: false },
  play: inEnglish(async () => {
    await screen.findByText('Skipped: Bill of materials failed');
    await userEvent.click(screen.getByRole('button', { name: /^Connect, running/ }));
    await screen.findByRole('heading', { name: 'Connect' });
    await userEvent.click(screen.getByRole('button', { name: 'Close the details' }));
    await expect(screen.getByRole('button', { name: /^Connect, running/ })).toHaveFocus();
  }),
});

/** It shows other states: queued, cancelled, done, run again in part, offline, many tasks. */
export const States = meta.story({
  // An application shows one run at a time.
  parameters: { a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } } },
  render: (_, { globals }) => <WorkflowGallery language={globals.language} theme={globals.theme} />,
  play: inEnglish(async () => {
    const state = (name: string) => within(screen.getByRole('region', { name }));
    await state('Waiting').findByText('Waiting for a free worker');
    await state('Cancelled').findByText('Cancelled by Jonas Weber');
    await state('Done').findByText(/^9 of 9 done/);
    await state('Run again in part').findByRole('treeitem', {
      name: /^Plan an area, done, Kept from an earlier run/,
    });
    await state('Connection lost').findByText('Connection lost, trying again…');
    await state('Many tasks').findByRole('treeitem', { name: /^Task 149,/ });
  }),
});

/** It is said in each language; the language of a story is its own. */
const inWords = (word: string) => async () => {
  await userEvent.click(await screen.findByTitle('Bill of materials'));
  await expect(await screen.findByRole('complementary')).toHaveTextContent(word);
};
export const German = meta.story({ globals: { language: 'de' }, play: inWords('Ab hier erneut ausführen') });
export const French = meta.story({ globals: { language: 'fr' }, play: inWords('Relancer à partir d’ici') });
export const Spanish = meta.story({
  globals: { language: 'es' },
  play: inWords('Ejecutar de nuevo desde aquí'),
});
export const Japanese = meta.story({ globals: { language: 'ja' }, play: inWords('ここから再実行') });
export const Arabic = meta.story({
  globals: { language: 'ar', theme: 'dark' },
  play: inWords('التشغيل مجددًا من هنا'),
});

/** Before it runs. */
export const BeforeItRuns = meta.story({
  render: (_, { globals }) => <StillGraph graph={GRAPH} language={globals.language} theme={globals.theme} />,
  play: inEnglish(async () => {
    await screen.findByRole('treeitem', { name: 'Choose area, not started' });
    await screen.findByRole('treeitem', { name: /^Export, not started.*There is no task “export_plan”/ });
  }),
});
