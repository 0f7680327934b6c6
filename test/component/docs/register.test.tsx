// Tests the snippets that register the plugin by what a user does with it.
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import { expect, it } from 'vitest';
import { LrtPlugin } from '../../docs/otherHost.ts';
import { app } from '../../docs/register.tsx';

it('README: the three lines put a button into the toolbar, and the button opens the dialog', async () => {
  render(
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>,
  );
  await userEvent.click(await screen.findByRole('button'));
  await screen.findByRole('dialog');
  act(() => app.dispose());
});

it('docs/plugin.md: bound to the modules of a host, the same plugin opens there', async () => {
  const other = createApplication({ plugins: { mine: [LrtPlugin, { count: 5 }] }, toolbar: ['mine.dialog'] });
  await expect.poll(() => Object.keys(other.plugins)).toEqual(['mine']);
  const plugin = other.plugins.mine;
  if (!(plugin instanceof LrtPlugin)) throw new Error('not registered');
  act(() => plugin.showModal());
  const field = await within(await screen.findByRole('dialog')).findByRole('textbox');
  expect(field).toHaveProperty('value', '5');
  act(() => other.dispose());
});
