// Tests the plugin as a plugin author would: real components in jsdom, and the whole backend behind `fetch`, answered
// by MSW in Node. Copy this file to start your own: it imports nothing but published entries and test libraries.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, type HostFeature, HostProvider, Toolbar } from 'lrt-plugin/host';
import { createMockBackend, failAt, generateTown, type MockBackendOptions } from 'lrt-plugin/mocks';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { settled } from '../support/dialog/settled.ts';

const TASK_SERVER = 'http://tasks.example/api';
const DESIGN = 'design/FTTH-North';
const town = generateTown({ addresses: 400 });

/** An application with the plugin in its toolbar, on a backend of its own. All of it ends with the test. */
async function openApplication(options: MockBackendOptions = {}) {
  const backend = await createMockBackend({ town, ...options });
  const server = setupServer(...backend.handlers(TASK_SERVER));
  server.listen();

  const map = { getBounds: vi.fn(), fitBounds: vi.fn(), zoomTo: vi.fn() };
  const app = createApplication({
    system: createTaskClient({ baseUrl: TASK_SERVER }),
    map,
    plugins: { connections: [LrtPlugin, { count: 20 }] },
    toolbar: ['connections.dialog'],
  });
  onTestFinished(async () => {
    app.dispose();
    await backend.close();
    server.close();
  });

  render(
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>,
  );
  return { app, backend, map, user: userEvent.setup() };
}

/** A pole of the design, as the map would give it to the application when the user clicks on it. */
async function poleOf({ backend }: Awaited<ReturnType<typeof openApplication>>): Promise<HostFeature> {
  const { features } = await backend.store.features({ design: DESIGN, tables: ['pole'], limit: 10_000 });
  const pole = features.find(({ properties }) => properties.design === DESIGN);
  if (!pole) throw new Error(`The town has no pole in ${DESIGN}`);
  return {
    id: Number(pole.id.split('/')[1]),
    getType: () => 'pole',
    getUrn: () => pole.id,
    getTitle: () => String(pole.properties.name),
    properties: pole.properties,
    geometry: pole.geometry,
    _myw: { title: String(pole.properties.name), delta: DESIGN },
  };
}

async function openDialog() {
  await userEvent.click(await screen.findByRole('button', { name: /^Customer connections/ }));
  return within(await screen.findByRole('dialog', { name: 'Customer connections' }));
}

test('connects the customers around the selected pole, and shows them on the map', async () => {
  const application = await openApplication();
  const { app, backend, map, user } = application;
  const dialog = await openDialog();

  const create = await dialog.findByRole('button', { name: 'Create connections' });
  expect(create).toHaveProperty('disabled', true);
  await dialog.findByText('Select a pole of a design on the map.');

  app.setCurrentFeature(await poleOf(application));
  await vi.waitFor(() => expect(create).toHaveProperty('disabled', false));
  await user.click(create);

  await dialog.findByRole('heading', { name: '20 addresses connected' });
  await settled();
  await user.click(dialog.getByRole('button', { name: 'Zoom to result' }));
  expect(map.fitBounds).toHaveBeenCalledOnce();
  const { features } = await backend.store.features({ design: DESIGN, tables: ['wall_box'], limit: 100 });
  expect(features).toHaveLength(20);
});

test('says which value the server did not accept, and why', async () => {
  const application = await openApplication();
  const { app, user } = application;
  app.setCurrentFeature(await poleOf(application));
  const dialog = await openDialog();

  const count = await dialog.findByRole('textbox', { name: 'Connections' });
  await user.clear(count);
  await user.type(count, '5000{Enter}');

  const refusal = await dialog.findByRole('alert');
  expect(refusal.textContent).toContain('The task was not started');
  expect(refusal.textContent).toMatch(/Number of connections: only \d+ addresses are left to connect\./);
});

test('says why a task failed, and runs it again', async () => {
  const application = await openApplication({ scenario: failAt({ done: 5 }) });
  const { app, backend, user } = application;
  app.setCurrentFeature(await poleOf(application));
  const dialog = await openDialog();

  await user.click(await dialog.findByRole('button', { name: 'Create connections' }));
  await dialog.findByRole('heading', { name: 'The task failed' });
  await dialog.findByText('Nothing was stored.');

  backend.use(null);
  await settled();
  await user.click(dialog.getByRole('button', { name: 'Try again' }));
  await dialog.findByRole('heading', { name: '20 addresses connected' });
});

test('cancels a task that runs', async () => {
  const application = await openApplication({ runSeconds: 60 });
  const { app, user } = application;
  app.setCurrentFeature(await poleOf(application));
  const dialog = await openDialog();

  await user.click(await dialog.findByRole('button', { name: 'Create connections' }));
  const cancel = await dialog.findByRole('button', { name: 'Cancel task' });
  await settled();
  await user.click(cancel);
  await dialog.findByRole('heading', { name: 'Cancelled by you' });
});

test('goes on with a task while the dialog is closed', async () => {
  const application = await openApplication({ runSeconds: 1 });
  const { app, user } = application;
  app.setCurrentFeature(await poleOf(application));
  const dialog = await openDialog();

  await user.click(await dialog.findByRole('button', { name: 'Create connections' }));
  await dialog.findByRole('heading', { name: 'Running' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();

  const again = await openDialog();
  await again.findByRole('heading', { name: '20 addresses connected' });
});
