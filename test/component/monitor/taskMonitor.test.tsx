// Tests the task monitor: what a user sees of the server's tasks.
import { render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { expect, test } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { TaskMonitor } from '../../../src/monitor/index.ts';

test('lists the tasks that run, in the language of the host', async () => {
  const { add, client } = createFakeSystem();
  add().run();
  render(<TaskMonitor app={{ system: client }} language="de" />, { wrapper: StrictMode });
  expect((await screen.findByRole('listitem')).textContent).toContain('Kundenanschlüsse');
  expect(screen.getByRole('heading').textContent).toBe('Aufgaben');
});

test('says that a host has no list of tasks', async () => {
  render(<TaskMonitor app={{ system: createFakeSystem({ minimal: true }).client }} />);
  expect(await screen.findByText('This task server offers no list of tasks.')).toBeTruthy();
});
