import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { LrtPlugin } from '../../docs/otherHost.ts';
import { app } from '../../docs/register.tsx';

it('README: the three lines put a button into the toolbar, and the button opens the dialog', async () => {
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  root.render(
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>,
  );
  await page.getByRole('button').click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  root.unmount();
  element.remove();
  app.dispose();
});

it('docs/plugin.md: bound to the modules of a host, the same plugin opens there', async () => {
  const other = createApplication({ plugins: { mine: [LrtPlugin, { count: 5 }] }, toolbar: ['mine.dialog'] });
  await expect.poll(() => Object.keys(other.plugins)).toEqual(['mine']);
  const plugin = other.plugins.mine;
  if (!(plugin instanceof LrtPlugin)) throw new Error('not registered');
  plugin.showModal();
  await expect.element(page.getByRole('dialog').getByRole('textbox')).toHaveValue('5');
  other.dispose();
});
