import { Plugin, PluginButton } from 'myWorld-client';
import buttonImage from '../images/pole_editor.svg';
import PoleEditorDialog from './pole_editor_dialog.js';

/** Edits the selected pole in a dialog of the platform's older style. */
export class PoleEditorPlugin extends Plugin {
  static {
    this.prototype.messageGroup = 'poleEditor';

    this.prototype.buttons = {
      dialog: class extends PluginButton {
        static {
          this.prototype.id = 'pole-editor-button';
          this.prototype.titleMsg = 'title';
          this.prototype.imgSrc = buttonImage;
        }

        action() {
          this.owner.showDialog();
        }
      },
    };
  }

  // Another dialog each time: it has the values that are stored now.
  showDialog() {
    this.dialog?.close();
    const feature = this.app.currentFeature;
    if (feature?.getType() === 'pole') this.dialog = new PoleEditorDialog(this, feature);
    else this.app.message(this.msg('select_pole'), 'info');
  }
}
