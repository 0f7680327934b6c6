import { expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createMinimalHost } from '../../support/host/minimalHost.tsx';

const host = createMinimalHost();
vi.doMock('myWorld-client', () => host.modules.client);
vi.doMock('myWorld-client/react', () => host.modules.react);

test('lrt-plugin/myworld takes its host from myWorld-client, and is registered as plugins are', async () => {
  onTestFinished(() => host.dispose());
  const { LrtPlugin, LrtModal } = await import('../../../src/hosts/myworld/index.ts');
  expect(LrtModal).toBeTypeOf('function');
  host.start({ plugins: { lrtPlugin: [LrtPlugin, { count: 5 }] }, toolbar: ['lrtPlugin.dialog'] });
  expect(host.app.plugins.lrtPlugin).toBeInstanceOf(host.Plugin);
  await page.getByRole('button', { name: 'Customer connections' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Customer connections' })).toBeVisible();
});
