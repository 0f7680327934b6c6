import { HostProvider, Toolbar } from 'lrt-plugin/host';
import { createRoot } from 'react-dom/client';
import { afterAll, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { app } from '../../docs/register.tsx';

afterAll(() => app.dispose());

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
});
