import type { HostApplication, PluginOptions, RenderRoot } from 'lrt-plugin/host';
import { type ButtonStatusControl, createButtonStatus } from 'lrt-plugin/parts';
import { Plugin, PluginButton, renderReactNode } from './host.ts';
import { icon } from './icon.ts';
import { GROUP, wordFor } from './locales/index.ts';
import { PlaceClosuresModal } from './PlaceClosuresModal.tsx';
import { createPlaceClosuresSession, type PlaceClosuresSession } from './placeClosuresSession.ts';

class PlaceClosuresButton extends PluginButton<PlaceClosuresPlugin> {
  static {
    PlaceClosuresButton.prototype.id = 'place-closures-button';
    PlaceClosuresButton.prototype.titleMsg = 'title';
    PlaceClosuresButton.prototype.imgSrc = icon;
  }

  override action() {
    this.owner.showModal();
  }
}

/** A button, a modal, and the task behind them, which runs on while the modal is closed. */
export class PlaceClosuresPlugin extends Plugin {
  readonly session: PlaceClosuresSession;
  /** Shows on the button how far the task is while the modal is closed. */
  readonly buttonStatus: ButtonStatusControl;
  #root: RenderRoot | undefined;

  static {
    PlaceClosuresPlugin.prototype.messageGroup = GROUP;
    PlaceClosuresPlugin.prototype.buttons = { dialog: PlaceClosuresButton };
  }

  constructor(owner: HostApplication, options?: PluginOptions) {
    super(owner, options);
    this.session = createPlaceClosuresSession(this.app);
    this.buttonStatus = createButtonStatus({ app: this.app, session: this.session });
    // A task that was running when the page was left. Not at once: the application is still being built.
    queueMicrotask(() => this.session.restore());
  }

  /** The button's title: the host's words first, then ours. */
  override msg(key: string, values?: Record<string, unknown>): string {
    const text = super.msg(key, values);
    return text === key ? wordFor(this.app, key) : text;
  }

  showModal() {
    this.#render(true);
    void this.session.restore();
  }

  override remove() {
    this.#root?.unmount();
    this.buttonStatus.dispose();
    this.session.dispose();
    super.remove();
  }

  #render(open: boolean) {
    this.buttonStatus.setOpen(open);
    const props = { app: this.app, session: this.session, open, onClose: () => this.#render(false) };
    this.#root = renderReactNode(null, PlaceClosuresModal, props, this.#root);
  }
}
