import { LrtPlugin } from 'virtual:seed-plugin';
import { createApplicationDefinition, Database, startApplication } from 'lrt-plugin/host/myworld-client';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { createMockBackend, generateTown } from '../../../mocks/index.ts';
import { createTaskClient, type SystemClient } from '../../../src/client/index.ts';
import { Toolbar } from '../../../src/host/index.ts';

const messages = {
  en: { LRT: { LRT: 'LRT', LRT_title: 'Customer connection', description: 'Connects 2,000 addresses.' } },
};

describe(`the plugin of the deep dive${LrtPlugin ? '' : ' (not run: ../shared/seeds is not there)'}`, () => {
  it('is cut out of its page when the tests run', () => {
    expect(typeof LrtPlugin).toMatch(/^(function|undefined)$/);
  });
  if (!LrtPlugin) return;

  // The seed writes each step to the console.
  beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}));
  afterEach(() => void vi.restoreAllMocks());

  const town = generateTown({ addresses: 2_500 });

  /** The application with the seed's plugin, its dialog open after the introduction and the town's first design selected. */
  async function open(system: SystemClient) {
    const [design] = town.designs;
    if (!design) throw new Error('the town has no design');
    const { name, geometry } = design;
    const database = new Database({ features: [{ type: 'design', id: 1, properties: { name }, geometry }] });
    const definition = createApplicationDefinition();
    if (LrtPlugin) definition.plugins.lrtPlugin = LrtPlugin;
    definition.layouts.desktop.controls.toolbar[1].buttons.push('lrtPlugin.dialog');
    const app = startApplication({ definition, database, system, messages });
    onTestFinished(() => app.dispose());
    const problems: unknown[] = [];
    app.on('error', (problem: never) => problems.push(problem));
    app.renderReactNode(null, Toolbar, {});
    await userEvent.click(page.getByRole('toolbar').getByRole('button', { name: 'LRT' }));
    const dialog = page.getByRole('dialog', { name: 'Customer connection' });
    await expect.element(dialog.getByText('Connects 2,000 addresses.')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'OK' }));
    const create = dialog.getByRole('button', { name: 'Create Connections using LRT' });
    await expect.element(create).toBeDisabled();
    app.setCurrentFeature(await database.getFeature('design', 1));
    return { dialog, create, problems };
  }

  it('runs unmodified on the shipped mock backend, to its words of success', {
    timeout: 60_000,
  }, async () => {
    const backend = await createMockBackend({ town, runSeconds: 2 });
    onTestFinished(() => backend.close());
    const system = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { dialog, create, problems } = await open(system);
    await userEvent.click(create);
    await expect.element(dialog.getByText(/Task Progress = [1-9]\d* \/ 2000/)).toBeVisible();
    await expect
      .element(dialog.getByText('Long Running Task complete successfully!'), { timeout: 50_000 })
      .toBeVisible();
    const { tasks } = await backend.engine.list({ name: 'lrt_task' }, { owner: 'local' });
    expect(tasks).toMatchObject([{ status: 'succeeded', progress: { percent: 100 } }]);
    expect(problems).toEqual([]);
  });

  it('is refused by the server: the plugin writes it to the console only, the host shows it', async () => {
    const system = createFakeSystem();
    system.refuse('enqueueTask', new Error('The design has no addresses'));
    const { create, problems } = await open(system.client);
    await userEvent.click(create);
    const shown = page.getByRole('region', { name: 'Messages' });
    await expect.element(shown.getByText('The server refused the task lrt_task')).toBeVisible();
    await expect.element(shown.getByText('The design has no addresses')).toBeVisible();
    await userEvent.click(shown.getByRole('button', { name: 'Dismiss' }));
    await expect.element(shown.getByRole('alert')).not.toBeInTheDocument();
    expect(problems).toEqual([]);
  });
});
