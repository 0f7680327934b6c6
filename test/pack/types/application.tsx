import { createLrtPlugin, type HostBinding, LrtModal, LrtPlugin, type LrtPluginOptions } from 'lrt-plugin';
import { createTaskClient, openEventStream, type SystemClient, TaskClientError } from 'lrt-plugin/client';
import {
  createApplication,
  DraggableModal,
  HostProvider,
  Plugin,
  PluginButton,
  renderReactNode,
  Toolbar,
  useLocale,
} from 'lrt-plugin/host';

const system: SystemClient = createTaskClient({ baseUrl: '/lrt', token: async () => 'token' });
const options: LrtPluginOptions = { count: 100, taskName: 'customer_connection_task' };
const binding: HostBinding = { Plugin, PluginButton, renderReactNode, useLocale, DraggableModal };

export const app = createApplication({
  system,
  plugins: { lrtPlugin: [LrtPlugin, options], other: createLrtPlugin(binding) },
  toolbar: ['lrtPlugin.dialog'],
});

export function Frame() {
  return (
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>
  );
}

export const codeOf = (error: unknown) => (error instanceof TaskClientError ? error.code : undefined);
export const open = openEventStream;
export const Modal = LrtModal;
