import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { startMyPlugins } from './standInHost.ts';

it('renames the selected pole', async () => {
  const { app, database } = await startMyPlugins();
  app.setCurrentFeature(await database.getFeature('pole', 12), { zoomTo: true });

  await userEvent.click(page.getByRole('toolbar').getByRole('button', { name: 'Rename pole' }));
  await userEvent.fill(page.getByLabelText('Name of pole/12'), 'Mill Road 12');
  await userEvent.click(page.getByRole('button', { name: 'Rename', exact: true }));

  await expect.element(page.getByText('P-12 is now called Mill Road 12.')).toBeVisible();
  expect((await database.getFeature('pole', 12)).properties.name).toBe('Mill Road 12');
  app.dispose();
});
