import { ConfigProvider } from 'antd';
import { useEffect, useState } from 'react';
import { expect, fn, screen, waitFor } from 'storybook/test';
import preview from '../../.storybook/preview.tsx';
import { themes } from '../../src/host/index.ts';
import { inEnglish } from '../inEnglish.ts';
import { IntakeDialog } from './IntakeDialog.tsx';
import { IntakeSession } from './IntakeSession.ts';

interface IntakeArgs {
  /** The text of each file by its name. */
  files: Record<string, string>;
  onClose(): void;
}

const ADDRESSES = [
  'SITENUMBER;STREETNAME;ZIP;Rechtswert;Hochwert',
  '12a;Hauptstraße;70173;3513500,5;5403500,25',
  '14;Hauptstraße;70173;3513520,5;5403510,25',
  '14;Hauptstraße;70173;3513520,5;5403510,25',
  ';;70173;;',
].join('\n');

function IntakeStage({
  files,
  onClose,
  language,
  theme,
}: IntakeArgs & { language: string; theme: 'light' | 'dark' }) {
  const [session, setSession] = useState<IntakeSession>();
  useEffect(() => {
    localStorage.clear();
    const given = Object.entries(files).map(([name, text]) => new File([text], name));
    const opened = new IntakeSession(given, async () => undefined);
    setSession(opened);
    return () => opened.close();
  }, [files]);
  return (
    <ConfigProvider theme={themes[theme]} direction={language === 'ar' ? 'rtl' : 'ltr'}>
      {session && <IntakeDialog session={session} language={language} onClose={onClose} />}
    </ConfigProvider>
  );
}

/** The dialog that shows what is in a user's files before anything is stored. */
const meta = preview.type<{ args: IntakeArgs }>().meta({
  title: 'Host application/Open files',
  args: { files: { 'kataster.csv': ADDRESSES }, onClose: fn() },
  render: (args, { globals }) => <IntakeStage {...args} language={globals.language} theme={globals.theme} />,
});

/** Columns and the coordinate system are guessed. One row has no place, and one is there twice. */
export const GuessedColumns = meta.story({
  play: inEnglish(async () => {
    await waitFor(() => expect(screen.getByRole('button', { name: 'Take over' })).toBeEnabled(), {
      timeout: 20_000,
    });
    await expect((await screen.findAllByText('STREETNAME'))[0]).toBeVisible();
    await expect((await screen.findAllByText('Hauptstraße'))[0]).toBeVisible();
  }),
});

export const CannotBeRead = meta.story({
  args: { files: { 'houses.geojson': '', 'page.json': '<!doctype html><html></html>' } },
  play: inEnglish(async () => {
    await expect(await screen.findByText(/is empty \(0 bytes\)/, {}, { timeout: 20_000 })).toBeVisible();
    await expect(screen.getByRole('button', { name: 'Take over' })).toBeDisabled();
  }),
});
