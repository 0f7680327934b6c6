/** Stories of the dialog that plans the network of an area: its form, and a plan that is made. */
import { expect, screen, userEvent, waitFor } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import type { PlanAreaResult } from '../../src/contract/planArea.ts';
import { PLAN_AREA_TASK } from '../../src/plan/planOptions.ts';
import type { FakeSystem } from '../fakeSystem.ts';
import { inEnglish } from '../inEnglish.ts';
import { design } from './features.ts';
import { ModalStage, type StoryArgs } from './ModalStage.tsx';

/** A plan of a small area, whose price list misses an item. */
const RESULT: PlanAreaResult = {
  design: 'design/FTTH-North',
  bbox: [0.1, 52.19, 0.14, 52.21],
  served: 512,
  unserved: 8,
  figures: {
    addresses: 520,
    reused: 24,
    terminals: 96,
    poleTerminals: 61,
    splitters: 21,
    routeMetres: 8_410,
    distributionMetres: 9_120,
    feederMetres: 2_310,
    dropMetres: 13_870,
    medianDropMetres: 26.4,
    longestDropMetres: 59.8,
    crossings: 117,
    metresPerAddress: 49.4,
    leastRouteMetres: 7_980,
    boundMetres: 7_950,
    longestDetour: 1.9,
    largestLossDb: 22.4,
    withinBudget: 512,
  },
  bill: {
    lines: [
      { item: 'cable-24', unit: 'metre', quantity: 6_120, price: 1.1, cost: 6_732 },
      { item: 'drop-cable', unit: 'metre', quantity: 16_430, price: 0.4, cost: 6_572 },
      { item: 'splitter-32', unit: 'piece', quantity: 21, price: 38, cost: 798 },
      { item: 'handhole', unit: 'piece', quantity: 74 },
    ],
    total: 14_102,
    currency: 'EUR',
    missing: ['handhole'],
  },
  remarks: [
    {
      code: 'posts-not-poles',
      message: 'poles stand within 10 m of another: they may be posts',
      count: 12,
      ids: [],
    },
  ],
};

async function offersStart(): Promise<void> {
  await waitFor(() => expect(document.querySelector('button[type=submit]:enabled')).not.toBeNull());
}

const meta = preview.type<{ args: StoryArgs }>().meta({
  title: 'Modal/Plan an area',
  args: { plugin: 'plan' as const, selected: design },
  render: (args, { globals }) => <ModalStage {...args} language={globals.language} theme={globals.theme} />,
});

export const Ready = meta.story({
  play: inEnglish(async () => {
    await expect(await screen.findByRole('button', { name: 'Plan this area' })).toBeEnabled();
    await userEvent.click(screen.getByText('Drops and spans'));
    await expect(await screen.findByLabelText(/Longest drop/)).toBeVisible();
  }),
});

export const NothingSelected = meta.story({
  args: { selected: null },
  play: inEnglish(async () => {
    await expect(await screen.findByRole('button', { name: 'Plan this area' })).toBeDisabled();
    await expect(screen.getByText('Select a design, or something in it, on the map.')).toBeVisible();
  }),
});

export const Planned = meta.story({
  args: {
    prepare: (server: FakeSystem) =>
      void server.add({ name: PLAN_AREA_TASK, status: 'running', params: { design: 'design/FTTH-North' } }),
    told: (task) => {
      task.items([
        { id: 'address/7', ok: false, code: 'out-of-reach', message: 'The nearest place is 83 m away' },
      ]);
      task.succeed(RESULT);
    },
  },
  play: inEnglish(async () => {
    await expect(await screen.findByText('512 addresses served')).toBeVisible();
    await expect(screen.getByRole('table')).toBeVisible();
  }),
});

/** The longest words, and the other direction with the other theme: axe looks at each. */
export const ReadyInGerman = meta.story({ globals: { language: 'de' }, play: offersStart });
export const ReadyInArabic = meta.story({ globals: { language: 'ar', theme: 'dark' }, play: offersStart });
