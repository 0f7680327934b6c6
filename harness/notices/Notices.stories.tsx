import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { inEnglish } from '../inEnglish.ts';
import { NoticeGallery } from './NoticeGallery.tsx';
import { NoticesStage } from './NoticesStage.tsx';

/** The notices about tasks that ended while no dialog said it. */
const meta = preview.meta({ title: 'Notices' });

/** The plugin, its dialog and its notices load one after the other. */
const patience = { timeout: 15_000 };

/** Every end that a notice says, with its action. */
export const Gallery = meta.story({
  // A page has one region of notices. The gallery has one for each case.
  parameters: { a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } } },
  render: (_, { globals }) => <NoticeGallery language={globals.language} theme={globals.theme} />,
  play: inEnglish(async ({ canvasElement }) => {
    const box = (name: string) =>
      within(canvasElement.querySelector<HTMLElement>(`[data-case="${name}"]`) ?? canvasElement);
    await waitFor(() => expect(box('Three at once').getAllByRole('listitem')).toHaveLength(3), patience);
    await expect(box('Success').getByRole('listitem')).toHaveTextContent(
      'FTTH-North · 2,000 addresses connected',
    );
    await expect(box('Success').getByRole('button', { name: 'Show on map' })).toBeVisible();
    await expect(
      box('Success, in a host without a map').queryByRole('button', { name: 'Show on map' }),
    ).toBeNull();
    await userEvent.click(box('Partial success').getByRole('button', { name: 'Retry 37 failed' }));
    await expect(await box('Partial success').findByRole('alert')).toHaveTextContent('The queue is full.');
    for (const button of box('On a phone').getAllByRole('button')) {
      await expect(button.getBoundingClientRect().right).toBeLessThanOrEqual(
        button.closest('li')?.getBoundingClientRect().right ?? 0,
      );
    }
  }),
});

/** On a phone the dialog is a sheet, or folded a bar: notices stand above it. */
export const AboveTheSheet = meta.story({
  render: (_, { globals }) => <NoticesStage language={globals.language} theme={globals.theme} width={320} />,
  play: inEnglish(async () => {
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2), patience);
    const dialog = await screen.findByRole('dialog', { name: 'Customer connections' }, patience);
    const stands = async () => {
      const place = screen.getByRole('region', { name: 'Notices about tasks' }).getBoundingClientRect();
      const sheet = dialog.getBoundingClientRect();
      await expect(place.bottom).toBeLessThanOrEqual(sheet.top);
      await expect(sheet.top - place.bottom).toBeLessThan(40);
    };
    await expect(dialog).toHaveAttribute('data-place', 'sheet');
    await waitFor(stands);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Fold' }));
    await waitFor(stands);
  }),
});
