/** Stories of what the host says of a feature: its facts in every language, and its line to the feed on the map. */
import { expect, screen } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { LANGUAGES } from '../messages/messages.ts';
import { FactsGallery } from './FactsGallery.tsx';
import { LineStage } from './LineStage.tsx';

const meta = preview.meta({
  title: 'Host application/Identify',
  // A page of one language has each heading once. English and Spanish share the word for cables.
  parameters: { a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } } },
});

export const EveryLanguage = meta.story({
  render: (_args, { globals }) => <FactsGallery theme={globals.theme} />,
  play: async () => {
    const count = Object.keys(LANGUAGES).length;
    await expect((await screen.findAllByRole('grid')).length).toBe(count);
    // Each has its facts: the feed ends the line.
    await expect((await screen.findAllByRole('button', { name: 'P1-ODF1' })).length).toBe(count);
  },
});

export const EveryLanguageDark = meta.story({
  globals: { theme: 'dark' },
  render: (_args, { globals }) => <FactsGallery theme={globals.theme} />,
});

export const LineInArabic = meta.story({
  globals: { language: 'ar', theme: 'dark' },
  render: (_args, { globals }) => <LineStage language={globals.language} theme={globals.theme} />,
  play: async () => {
    await expect(await screen.findByTestId('map')).toBeVisible();
  },
});
