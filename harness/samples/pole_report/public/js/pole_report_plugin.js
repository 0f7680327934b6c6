import { Plugin, PluginButton } from 'myWorld-client';
import { renderReactNode } from 'myWorld-client/react';
import buttonImage from '../images/pole_report.svg';
import PoleReportBuilder from './pole_report_builder.js';
import { PoleReportModal } from './pole_report_modal.js';

/** A report with settings: which poles are near the selected feature, and how many addresses each could serve. */
export class PoleReportPlugin extends Plugin {
  static {
    this.prototype.messageGroup = 'poleReport';

    // What the application gives as options, `[PoleReportPlugin, { radius: 150 }]`, comes over these.
    this.mergeOptions({ radius: 100, reach: 60 });

    this.prototype.buttons = {
      dialog: class extends PluginButton {
        static {
          this.prototype.id = 'pole-report-button';
          this.prototype.titleMsg = 'title';
          this.prototype.imgSrc = buttonImage;
        }

        action() {
          this.owner.showModal();
        }
      },
    };
  }

  constructor(owner, options) {
    super(owner, options);
    this.builder = new PoleReportBuilder(this.app.database);
  }

  showModal() {
    this.renderRoot = renderReactNode(
      null,
      PoleReportModal,
      { open: true, plugin: this, builder: this.builder },
      this.renderRoot,
    );
  }
}
