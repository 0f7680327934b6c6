import { Plugin, PluginButton } from 'myWorld-client';
import { renderReactNode } from 'myWorld-client/react';
import buttonImage from '../images/pole_connections.svg';
import { PoleConnectionsModal } from './pole_connections_modal.js';

/** A button, and a modal that starts a task as plugins in the field do. */
export class PoleConnectionsPlugin extends Plugin {
  static {
    this.prototype.messageGroup = 'poleConnections';

    this.prototype.buttons = {
      dialog: class extends PluginButton {
        static {
          this.prototype.id = 'pole-connections-button';
          this.prototype.titleMsg = 'title';
          this.prototype.imgSrc = buttonImage;
        }

        action() {
          this.owner.showModal();
        }
      },
    };
  }

  showModal() {
    this.renderRoot = renderReactNode(null, PoleConnectionsModal, { open: true }, this.renderRoot);
  }
}
