import { type Application, Toolbar } from 'lrt-plugin/host';
import { expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { withOtherWords } from '../../docs/otherWords.ts';
import { portuguese } from '../../docs/ownLanguage.ts';

function show(app: Application, title: string) {
  onTestFinished(() => app.dispose());
  app.renderReactNode(null, Toolbar, {});
  return page.getByRole('toolbar').getByRole('button', { name: title }).click();
}

it('a host’s German text goes before ours, the option before both, and the rest is German', async () => {
  await show(withOtherWords('de'), 'FTTH 2030');
  const dialog = page.getByRole('dialog', { name: 'FTTH 2030' });
  await expect.element(dialog.getByRole('button', { name: 'Hausanschlüsse planen' })).toBeVisible();
  await expect.element(dialog.getByLabelText('Anschlüsse', { exact: true })).toBeVisible();
});

it('and changes nothing for who reads English', async () => {
  await show(withOtherWords('en'), 'FTTH 2030');
  await expect.element(page.getByRole('button', { name: 'Create connections' })).toBeVisible();
});

it('a host’s English text does not hide our German', async () => {
  const app = withOtherWords('de');
  app.localisation.loadMessages('en', { LRT: { label_count: 'How many' } });
  await show(app, 'FTTH 2030');
  await expect.element(page.getByLabelText('Anschlüsse', { exact: true })).toBeVisible();
});

it('a language of the application’s own is fetched, and what it lacks is marked English', async () => {
  await show(portuguese(), 'Customer connections');
  const dialog = page.getByRole('dialog', { name: 'Ligações de clientes' });
  await expect.element(dialog.getByRole('button', { name: 'Criar ligações' })).toBeVisible();
  await expect
    .element(dialog.getByText('⟦This application is not connected to a task server.⟧'))
    .toBeVisible();
});
