import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { inEnglish } from '../inEnglish.ts';
import { handedOn } from './handedOn.ts';
import { RunGallery } from './RunGallery.tsx';
import { RunStage, type RunStageProps } from './RunStage.tsx';
import { endedRun, logOf, serveRuns } from './runs.ts';

/** The page of one run on a scripted server. */
const meta = preview.type<{ args: Omit<RunStageProps, 'language' | 'theme'> }>().meta({
  title: 'Run page',
  args: { make: () => serveRuns([endedRun()]).client },
  render: (args, { globals }) => <RunStage {...args} language={globals.language} theme={globals.theme} />,
});

/** A run that goes on: its log grows, and it can be cancelled. */
export const Running = meta.story({
  args: {
    hasMap: true,
    user: 'mara',
    make() {
      const served = serveRuns(
        [
          endedRun({
            status: 'running',
            finishedAt: undefined,
            result: undefined,
            items: { ok: 921, failed: 37, failures: [] },
            progress: {
              percent: 48,
              step: 3,
              stepCount: 5,
              message: 'Drawing drops',
              done: 958,
              total: 2_000,
            },
          }),
        ],
        { log: logOf(400) },
      );
      const { client } = served;
      return { ...client, cancelTask: () => Promise.resolve() };
    },
  },
  play: inEnglish(async () => {
    await screen.findByText('Started by you');
    const bar = screen.getByRole('progressbar', { name: 'Progress of the task' });
    await expect(bar).toHaveAttribute('aria-valuenow', '48');
    await screen.findByText('400 lines');
    // Nothing is compared or retried before the end.
    await expect(screen.queryByRole('button', { name: 'Compare with…' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel task' }));
    await expect(await screen.findByRole('button', { name: 'Cancelling…' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  }),
});

export const States = meta.story({
  // An application shows one run at a time.
  parameters: { a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } } },
  render: (_, { globals }) => <RunGallery language={globals.language} theme={globals.theme} />,
  play: inEnglish(async () => {
    const state = (name: string) => within(screen.getByRole('region', { name }));
    await state('Failed').findByText('Nothing was stored.');
    await state('Cancelled by somebody else').findByText('Cancelled by Jonas Weber');
    await state('Waiting').findByText('No worker takes tasks of the queue “reports”');
    await state('Without the right to see it').findByText(
      'You may not see this run. Ask Mara Okafor or an administrator.',
    );
    await state('Never there').findByText(/^There is no such run/);
    await state('Offline').findByText(/^You are offline/);
    await state('The server breaks').findByText(/The disk is full/);
    await state('Compare: nobody has chosen yet').findByRole('combobox', { name: 'B' });
    const phone = state('Phone: some items failed');
    await phone.findByRole('button', { name: 'Retry 37 failed' });
    await userEvent.click(phone.getByRole('tab', { name: 'Log' }));
    await phone.findByText('60 lines');
  }),
});

const withFiles = () => ({
  ...serveRuns([endedRun({ items: undefined })]).client,
  exportTask: (_: string | number, request: Parameters<typeof handedOn>[0]) => handedOn(request),
});

async function openMenu(canvas: ReturnType<typeof within>) {
  await userEvent.click(
    await canvas.findByRole('tab', { name: /Result|Ergebnis|Résultat|Resultado|結果|النتيجة/ }),
  );
  const button = await waitFor(() => {
    const found = canvas
      .getAllByRole('button')
      .find((each: HTMLElement) => each.getAttribute('aria-haspopup') === 'menu');
    if (!found) throw new Error('no menu yet');
    return found;
  });
  await userEvent.click(button);
  return screen.findAllByRole('menuitem');
}

/** A user takes along what a run has built, as files, from the tab of its result. */
export const Download = meta.story({
  args: { make: withFiles },
  play: async ({ canvas }) => {
    await expect(await openMenu(canvas)).toHaveLength(6);
  },
});

/** The report of a run, as it is printed: map, figures, bill, addresses that are not served, splices. */
export const Report = meta.story({
  args: { make: withFiles },
  play: async ({ canvas }) => {
    const [report] = await openMenu(canvas);
    if (report) await userEvent.click(report);
    await screen.findByText('cable-48');
    await waitFor(() => expect(document.querySelector('.lrt-report')).toHaveAttribute('aria-busy', 'false'));
  },
});
