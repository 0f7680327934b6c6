// Tests the snippets of docs/locales.md by what a user reads.
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Application, Toolbar } from 'lrt-plugin/host';
import { it, onTestFinished } from 'vitest';
import { withOtherWords } from '../../docs/otherWords.ts';
import { portuguese } from '../../docs/ownLanguage.ts';

/** Opens the dialog with the button of the toolbar. */
async function show(app: Application, title: string) {
  onTestFinished(() => app.dispose());
  act(() => void app.renderReactNode(null, Toolbar, {}));
  await userEvent.click(await within(screen.getByRole('toolbar')).findByRole('button', { name: title }));
}

it('a host’s German text goes before ours, the option before both, and the rest is German', async () => {
  await show(withOtherWords('de'), 'FTTH 2030');
  const dialog = within(await screen.findByRole('dialog', { name: 'FTTH 2030' }));
  await dialog.findByRole('button', { name: 'Hausanschlüsse planen' });
  await dialog.findByLabelText('Anschlüsse');
});

it('and changes nothing for anyone who reads English', async () => {
  await show(withOtherWords('en'), 'FTTH 2030');
  await screen.findByRole('button', { name: 'Create connections' });
});

it('a host’s English text does not hide our German', async () => {
  const app = withOtherWords('de');
  app.localisation.loadMessages('en', { LRT: { label_count: 'How many' } });
  await show(app, 'FTTH 2030');
  await screen.findByLabelText('Anschlüsse');
});

it('a language of the application’s own is fetched, and what it lacks is marked English', async () => {
  await show(portuguese(), 'Customer connections');
  const dialog = within(await screen.findByRole('dialog', { name: 'Ligações de clientes' }));
  await dialog.findByRole('button', { name: 'Criar ligações' });
  await dialog.findByText('⟦This application is not connected to a task server.⟧');
});
