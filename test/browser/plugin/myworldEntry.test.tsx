import { expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createMinimalHost } from '../../support/host/minimalHost.tsx';

const host = createMinimalHost();
vi.doMock('myWorld-client', () => host.modules.client);
vi.doMock('myWorld-client/react', () => host.modules.react);

test('lrt-plugin/myworld takes its host from myWorld-client, and is registered as plugins are', async () => {
  onTestFinished(() => host.dispose());
  const { LrtPlugin, LrtModal, PlanPlugin } = await import('../../../src/hosts/myworld/index.ts');
  expect(LrtModal).toBeTypeOf('function');
  host.start({
    plugins: { lrtPlugin: [LrtPlugin, { count: 5 }], plan: PlanPlugin },
    toolbar: ['lrtPlugin.dialog', 'plan.dialog'],
  });
  expect(host.app.plugins.lrtPlugin).toBeInstanceOf(host.Plugin);
  await page.getByRole('button', { name: 'Customer connections' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Customer connections' })).toBeVisible();
  // The plugin that plans an area is bound to the same host. Its map has no sketches, so nothing is drawn on it.
  await page.getByRole('button', { name: 'Plan an area' }).click();
  const plan = page.getByRole('dialog', { name: 'Plan an area' });
  await expect.element(plan.getByLabelText('Area')).toBeVisible();
  const areas = [...plan.getByLabelText('Area').element().querySelectorAll('option')].map(
    ({ value }) => value,
  );
  expect(areas).not.toContain('drawn');
});
