import { expect, screen, userEvent } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { inEnglish } from '../inEnglish.ts';
import { address, design, poleInMaster, poleOfDesign } from './features.ts';
import { ModalStage, type StoryArgs } from './ModalStage.tsx';

/** Before the task: what it does, what it starts from, and why it cannot start yet. */
const meta = preview.type<{ args: StoryArgs }>().meta({
  title: 'Modal/Before',
  args: { selected: poleOfDesign },
  render: (args, { globals }) => <ModalStage {...args} language={globals.language} theme={globals.theme} />,
});

const createButton = () => screen.findByRole('button', { name: 'Create connections' });

/** The intro, the selected pole, and everything ready. */
export const Ready = meta.story({
  play: inEnglish(async () => {
    await expect(await createButton()).toBeEnabled();
    await expect(screen.getByText('FTTH-North')).toBeVisible();
    await expect(screen.getByText('N-1001')).toBeVisible();
    await expect(screen.getByLabelText('Connections')).toHaveValue('2000');
  }),
});

export const NothingSelected = meta.story({
  args: { selected: null },
  play: inEnglish(async () => {
    await expect(await createButton()).toBeDisabled();
    await expect(await createButton()).toHaveAccessibleDescription('Select a pole of a design on the map.');
  }),
});

export const PoleInMaster = meta.story({
  args: { selected: poleInMaster },
  play: inEnglish(async () => {
    await expect(await createButton()).toBeDisabled();
    await expect(screen.getByText(/This pole is not part of a design/)).toBeVisible();
  }),
});

export const SomethingElseSelected = meta.story({
  args: { selected: address },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/12 Mill Lane is not a pole/)).toBeVisible();
  }),
});

/** A design offers its poles, where the application can list them. */
export const DesignSelected = meta.story({
  args: {
    selected: design,
    options: {
      listPoles: async () => [
        { id: 12, title: 'N-1001' },
        { id: 13, title: 'N-2001' },
      ],
    },
  },
  play: inEnglish(async () => {
    await userEvent.selectOptions(await screen.findByLabelText('Starting pole'), 'N-2001');
    await expect(await createButton()).toBeEnabled();
  }),
});

export const InvalidCount = meta.story({
  play: inEnglish(async () => {
    const count = await screen.findByLabelText('Connections');
    await userEvent.clear(count);
    await userEvent.type(count, '1.5');
    await expect(await screen.findByText(/Enter a whole number/)).toBeVisible();
    await expect(await createButton()).toBeDisabled();
  }),
});

/** The server refuses what it is given; nothing is queued. */
export const Refused = meta.story({
  args: {
    prepare: (server) =>
      server.refuse('enqueueTask', {
        code: 'invalid-params',
        message: 'count: 5000 is more than the 4000 addresses there are',
        parameters: [{ parameter: 'count', code: 'too-many', message: 'at most 4000' }],
      }),
  },
  play: inEnglish(async () => {
    await userEvent.click(await createButton());
    await expect(await screen.findByText('The task was not started')).toBeVisible();
    await expect(screen.getByText(/Number of connections/)).toBeVisible();
  }),
});

/** The application has no connection to a task server. */
export const NoSystem = meta.story({
  args: { connected: false },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/not connected to a task server/)).toBeVisible();
    await expect(await createButton()).toBeDisabled();
  }),
});
