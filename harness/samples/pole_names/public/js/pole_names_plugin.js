import { Plugin, PluginButton } from 'myWorld-client';
import { renderReactNode } from 'myWorld-client/react';
import buttonImage from '../images/pole_names.svg';
import { PoleNamesModal } from './pole_names_modal.js';

/** Follows the selected feature: its button is active while a pole is selected. */
export class PoleNamesPlugin extends Plugin {
  static {
    this.prototype.messageGroup = 'poleNames';

    this.prototype.buttons = {
      dialog: class extends PluginButton {
        static {
          this.prototype.id = 'pole-names-button';
          this.prototype.titleMsg = 'title';
          this.prototype.imgSrc = buttonImage;
        }

        initUI() {
          this.setState();
          this.listenTo(this.owner, 'changed-state', this.setState);
        }

        setState() {
          this.$el.toggleClass('active', this.owner.active);
        }

        action() {
          this.owner.showModal();
        }
      },
    };
  }

  constructor(owner, options) {
    super(owner, options);
    this.active = false;
    this.listenTo(this.app, 'currentFeature-changed', this.setActive);
  }

  setActive() {
    this.active = this.app.currentFeature?.getType() === 'pole';
    this.trigger('changed-state');
  }

  showModal() {
    this.renderRoot = renderReactNode(null, PoleNamesModal, { open: true, plugin: this }, this.renderRoot);
  }
}
