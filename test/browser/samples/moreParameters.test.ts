import { createTaskClient } from 'lrt-plugin/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { createMockBackend, generateTown } from '../../../mocks/index.ts';
import { dialog, startSamples, taskSample } from './startSamples.ts';

describe('sample: connections of a pole, with more parameters than the task declares', () => {
  const title = 'Connections of a pole';
  const { open, start: connect } = taskSample(title);

  it('succeeds on the shipped mock backend, which leaves lng and lat aside', {
    timeout: 60_000,
  }, async () => {
    const town = generateTown({ addresses: 2_500 });
    const backend = await createMockBackend({ town });
    onTestFinished(() => backend.close());
    const design = `design/${town.designs[0]?.name}`;
    const { features } = await backend.store.features({ design, tables: ['pole'], limit: 10_000 });
    const pole = features.find(({ properties }) => properties.design === design);
    if (!pole) throw new Error('the design has no pole');
    const system = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
    const { app, database, problems } = await startSamples({ system });
    const id = Number(pole.id.split('/')[1]);
    database.load([
      { type: 'pole', id, properties: pole.properties, geometry: pole.geometry, delta: design },
    ]);
    app.setCurrentFeature(await database.getFeature('pole', id));
    await open();
    await userEvent.click(connect());
    await expect
      .element(dialog(title).getByText('The connections are made.'), { timeout: 50_000 })
      .toBeVisible();
    expect(problems).toEqual([]);
  });

  it('leaves a refusal to the host, which shows it', async () => {
    const system = createFakeSystem();
    system.refuse('enqueueTask', new Error('Too few addresses'));
    const { select } = await startSamples({ system: system.client });
    await select('pole/1');
    await open();
    await userEvent.click(connect());
    const messages = page.getByRole('region', { name: 'Messages' });
    await expect
      .element(messages.getByText('The server refused the task customer_connection_task'))
      .toBeVisible();
    await expect.element(messages.getByText('Too few addresses')).toBeVisible();
  });
});
