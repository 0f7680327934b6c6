import { Plugin } from 'myWorld-client';
import { renderReactNode } from 'myWorld-client/react';
import { LrtModal } from 'lrt-plugin/myworld';

export class MyPlugin extends Plugin {
  showModal() {
    this.renderRoot = renderReactNode(null, LrtModal, { open: true }, this.renderRoot);
  }
}
