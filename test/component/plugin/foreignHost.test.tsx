// Tests the plugin in a host that is not ours and has less than ours.
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Modal } from 'antd';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type {
  DraggableModalProps,
  EventHandler,
  HostApplication,
  PluginOptions,
  RenderReactNode,
} from '../../../src/host/contract.ts';
import { createLrtPlugin } from '../../../src/index.ts';
import { POLE } from '../../support/host/mountPlugin.ts';

function AntdModal({ onCancel, ...props }: DraggableModalProps) {
  return (
    <Modal
      {...props}
      {...(onCancel ? { onCancel: () => onCancel() } : {})}
      transitionName=""
      maskTransitionName=""
    />
  );
}

/** A host that is not ours and has less: no localisation, no map, no `remove`, antd's own modal. */
function foreignHost() {
  const handlers: EventHandler[] = [];
  const app: HostApplication = {
    currentFeature: POLE,
    plugins: {},
    setCurrentFeature() {},
    on: (_events, handler) => void handlers.push(handler),
    off: (_events, handler) => void handlers.splice(handlers.indexOf(handler ?? (() => {})), 1),
    fire() {},
  };
  const renderReactNode: RenderReactNode = (node, component, props, previousRoot) => {
    const root = previousRoot ?? createRoot(node ?? document.body.appendChild(document.createElement('div')));
    root.render(createElement(component, props));
    return root;
  };
  const binding = {
    Plugin: class {
      readonly app: HostApplication;
      constructor(owner: HostApplication, _options?: PluginOptions) {
        this.app = owner;
      }
    },
    PluginButton: class {
      action() {}
    },
    renderReactNode,
    useLocale: () => ({ msg: (key: string) => (key === 'create' ? 'Build' : key) }),
    DraggableModal: AntdModal,
  };
  return { app, binding, handlers };
}

test('the plugin runs in a host that has little of ours', async () => {
  const complaints = vi.spyOn(console, 'error');
  onTestFinished(() => void vi.restoreAllMocks());
  const { app, binding, handlers } = foreignHost();
  const system = createFakeSystem({ minimal: true });
  app.system = system.client;
  const LrtPlugin = createLrtPlugin(binding);
  const plugin = new LrtPlugin(app);
  onTestFinished(() => {
    plugin.remove();
    localStorage.clear();
  });
  const dialog = () => screen.findByRole('dialog', { name: 'Customer connections' });
  const gone = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

  act(() => plugin.showModal());
  await userEvent.click(await screen.findByRole('button', { name: 'Build' }));
  await expect.poll(() => system.openStreams).toBe(1);
  act(() => system.task.run({ percent: 40, step: 4, done: 800, total: 2000 }));
  await expect.poll(async () => (await dialog()).textContent).toContain('800 / 2,000 addresses connected');

  act(() => plugin.hideModal());
  await gone();
  expect(handlers).toEqual([]);
  act(() => system.task.succeed('Operation completed successfully'));
  act(() => plugin.showModal());
  await expect.poll(async () => (await dialog()).textContent).toContain('Operation completed successfully');

  act(() => plugin.remove());
  await gone();
  expect(handlers).toEqual([]);
  expect(system.openStreams).toBe(0);
  expect(complaints.mock.calls).toEqual([]);
});
