import { Plugin, PluginButton } from 'myWorld-client';
import buttonImage from '../images/connect_dialog.svg';
import ConnectDialog from './connect_dialog.js';

/** Opens a dialog of the platform's older style, which runs a task. */
export class ConnectDialogPlugin extends Plugin {
  static {
    this.prototype.messageGroup = 'connectDialog';

    this.prototype.buttons = {
      dialog: class extends PluginButton {
        static {
          this.prototype.id = 'connect-dialog-button';
          this.prototype.titleMsg = 'title';
          this.prototype.imgSrc = buttonImage;
        }

        action() {
          this.owner.showDialog();
        }
      },
    };
  }

  // One dialog for the life of the plugin: what was entered, and a task that runs, are there when it opens again.
  showDialog() {
    this.dialog ??= new ConnectDialog(this);
    this.dialog.open();
  }
}
