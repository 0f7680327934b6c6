import { Plugin, PluginButton } from 'myWorld-client';
import { renderReactNode } from 'myWorld-client/react';
import buttonImage from '../images/connect_addresses.svg';
import { ConnectAddressesModal } from './connect_addresses_modal.js';

/** A button, and a modal that runs a task on the server. */
export class ConnectAddressesPlugin extends Plugin {
  static {
    this.prototype.messageGroup = 'connectAddresses';

    this.prototype.buttons = {
      dialog: class extends PluginButton {
        static {
          this.prototype.id = 'connect-addresses-button';
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
    this.render(true);
  }

  // The plugin says whether the modal is open, so that its button opens it as often as it is pressed.
  render(open) {
    this.renderRoot = renderReactNode(
      null,
      ConnectAddressesModal,
      { open, onClose: () => this.render(false) },
      this.renderRoot,
    );
  }
}
