import { ConfigProvider } from 'antd';
import { expect, screen } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { themes } from '../../src/host/index.ts';
import { messages as portuguese } from '../../test/docs/pt.ts';
import { PackTable } from './PackTable.tsx';
import { PhaseGallery } from './PhaseGallery.tsx';

const packs = { pt: portuguese };
const languages = ['de', 'fr', 'es', 'ja', 'ar', 'pt'];

/** Seven modals, and packs that are fetched. */
const PATIENT = { timeout: 10_000 };

/** Every pack, in every phase of the modal; the language of a story is its own. */
const meta = preview.type<{ args: { title: string } }>().meta({
  title: 'Locales/Packs',
  args: { title: '' },
  render: (_, { globals }) => (
    <PhaseGallery language={globals.language} theme={globals.theme} packs={packs} />
  ),
  play: async ({ args }) => {
    // Each phase of a task has one.
    await expect(await screen.findAllByRole('progressbar', {}, PATIENT)).toHaveLength(5);
    await expect(screen.getAllByRole('heading', { name: args.title }).length).toBeGreaterThan(5);
  },
});

export const English = meta.story({ globals: { language: 'en' }, args: { title: 'Customer connections' } });
export const German = meta.story({ globals: { language: 'de' }, args: { title: 'Kundenanschlüsse' } });
export const French = meta.story({
  globals: { language: 'fr' },
  args: { title: 'Raccordement des abonnés' },
});
export const Spanish = meta.story({ globals: { language: 'es' }, args: { title: 'Conexión de clientes' } });
export const Japanese = meta.story({ globals: { language: 'ja' }, args: { title: '加入者接続' } });
export const Arabic = meta.story({ globals: { language: 'ar' }, args: { title: 'توصيل المشتركين' } });

/** A pack of an application's own, half translated: what it lacks is English, and marked while one develops. */
export const Portuguese = meta.story({
  globals: { language: 'pt' },
  args: { title: 'Ligações de clientes' },
  play: async () => {
    await expect(await screen.findAllByText('⟦Nothing was stored.⟧', {}, PATIENT)).toHaveLength(2);
    const [count] = screen.getAllByText('1.100 / 2.000 endereços ligados');
    await expect(count).toBeVisible();
  },
});

/** Every text in every language. */
export const AllTexts = meta.story({
  render: (_, { globals }) => (
    <ConfigProvider theme={globals.theme === 'dark' ? themes.dark : themes.light}>
      <PackTable languages={languages} packs={packs} />
    </ConfigProvider>
  ),
  play: async () => {
    await expect(await screen.findByText('⟦Nothing was stored.⟧', {}, PATIENT)).toBeVisible();
    await expect(screen.getByText('لم يُحفظ أي شيء.')).toBeVisible();
  },
});
