import type { RenderReactNode } from '../../../src/host/contract.ts';
import { declareHostContract } from '../../contracts/host.contract.tsx';
import { createMinimalHost, type MinimalApplication } from '../../support/host/minimalHost.tsx';

declareHostContract<MinimalApplication>(
  'a minimal host',
  async ({ language, messages }) => {
    const host = createMinimalHost({ messages: messages[language] ?? {} });
    const { app, Plugin, PluginButton, useLocale, DraggableModal, dispose } = host;
    const renderReactNode: RenderReactNode = (node, component, props, previousRoot) =>
      host.renderReactNode(node, component, props, previousRoot);
    return {
      app,
      Plugin,
      PluginButton,
      renderReactNode,
      useLocale,
      DraggableModal,
      register(id, Class, options) {
        host.start({ plugins: { [id]: [Class, options] }, toolbar: [`${id}.dialog`] });
      },
      dispose,
    };
  },
  {
    unregister: 'its plugins stay as long as the page',
    'other languages': 'it loads the message file of one language',
    'close by Escape': 'its modal closes by its button',
  },
);
