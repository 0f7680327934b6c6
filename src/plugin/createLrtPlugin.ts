import type { HostApplication, RenderReactNode, RenderRoot } from '../host/types.ts';
import { createTranslator } from '../locales/createTranslator.ts';
import { en } from '../locales/en.ts';
import { loadedLocale, loadLocale, packFor } from '../locales/loadLocale.ts';
import { titles } from '../locales/titles.ts';
import { createLrtModal } from '../modal/createLrtModal.tsx';
import { hostMessage, languageOf, MESSAGE_GROUP } from '../modal/useMessages.ts';
import type { ButtonInstance, HostBinding, PluginInstance } from './hostBinding.ts';
import { icon } from './icon.ts';
import { type LrtPluginOptions, parseOptions, type ResolvedOptions } from './options.ts';
import { rememberTask } from './rememberedTask.ts';
import { TaskSession } from './TaskSession.ts';

export interface LrtPluginInstance extends PluginInstance {
  readonly messageGroup: string;
  readonly buttons: { dialog: new (owner: never) => ButtonInstance };
  /** Opens the modal; brings it to the front where it is open. */
  showModal(): void;
  /** Closes the modal; a running task runs on. */
  hideModal(): void;
  /** A message in the user's language, by its key. */
  msg(key: string, values?: Record<string, unknown>): string;
  /** Leaves nothing of the plugin on the page; a running task runs on. */
  remove(): void;
}

export type LrtPluginClass<Owner extends object = HostApplication> = new (
  owner: Owner,
  options?: LrtPluginOptions,
) => LrtPluginInstance;

/** The plugin for a host. `src/index.ts` binds it to the standalone host. */
export function createLrtPlugin<Owner extends object = HostApplication>(
  host: HostBinding<Owner>,
): LrtPluginClass<Owner> {
  const LrtModal = createLrtModal(host);

  class LrtButton extends host.PluginButton {
    declare owner: { showModal(): void };
    declare id: string;
    declare titleMsg: string;
    declare imgSrc: string;

    static {
      LrtButton.prototype.id = 'lrt-button';
      LrtButton.prototype.titleMsg = 'title';
      LrtButton.prototype.imgSrc = icon;
    }

    override action(): void {
      this.owner.showModal();
    }
  }

  /** Connects customers: a button, a modal, and the task behind them, which runs on while the modal is closed. */
  class LrtPlugin extends host.Plugin implements LrtPluginInstance {
    declare messageGroup: string;
    declare buttons: { dialog: typeof LrtButton };
    readonly #options: ResolvedOptions;
    readonly #session: TaskSession;
    #root: RenderRoot | undefined;
    #raised = 0;
    #open = false;
    #removed = false;
    #registeredAs: string | undefined;

    static {
      LrtPlugin.prototype.messageGroup = MESSAGE_GROUP;
      LrtPlugin.prototype.buttons = { dialog: LrtButton };
    }

    constructor(owner: Owner, options: LrtPluginOptions = {}) {
      const parsed = parseOptions({ ...options });
      super(owner, { ...options });
      this.#options = parsed;
      this.#session = new TaskSession({
        taskName: parsed.taskName,
        count: parsed.count,
        system: () => parsed.system ?? this.app.system,
        overlay: () => parsed.overlay ?? this.app.map?.taskOverlay,
        remembered: () => rememberTask(this.#id()),
      });
      // After the host has registered us: only then has the plugin its id, and the application its task server.
      queueMicrotask(() => this.#restore());
      // So that the modal need not open without words; where it fails, the modal tries again.
      loadLocale(this.#language()).catch(() => undefined);
    }

    /** The button's title is asked for before any pack is loaded. */
    msg(key: string, values?: Record<string, unknown>): string {
      const language = this.#language();
      const pack = packFor(language);
      const locale = loadedLocale(language) ?? { language: 'en', messages: { ...en, title: titles[pack] } };
      const { messages } = this.#options;
      const translator = createTranslator({
        locale,
        hostLanguage: language,
        lookup: (name) => hostMessage(this.app, undefined, name),
        ...(messages ? { overrides: messages } : {}),
      });
      return translator.find(key, values) ?? key;
    }

    showModal(): void {
      if (this.#removed) return;
      if (this.#open) this.#raised += 1;
      this.#open = true;
      this.#render();
      this.#restore();
    }

    hideModal(): void {
      this.#open = false;
      this.#render();
    }

    override remove(): void {
      this.#removed = true;
      this.#root?.unmount();
      this.#root = undefined;
      this.#session.dispose();
      super.remove?.();
    }

    #restore(): void {
      if (!this.#removed) void this.#session.restore();
    }

    #render(): void {
      if (this.#removed) return;
      const { language, messages, listPoles } = this.#options;
      this.#root = this.#renderer()(
        null,
        LrtModal,
        {
          open: this.#open,
          onClose: () => this.hideModal(),
          controller: this.#session,
          app: this.app,
          raise: this.#raised,
          language,
          messages,
          listPoles,
        },
        this.#root,
      );
    }

    /** An application that renders for itself goes first: of two on a page, the host's function knows only one. */
    #renderer(): RenderReactNode {
      const { renderReactNode } = this.app as HostApplication & { renderReactNode?: RenderReactNode };
      return renderReactNode ?? host.renderReactNode;
    }

    #language(): string {
      return this.#options.language ?? languageOf(this.app);
    }

    #id(): string {
      // Kept, because a start may be answered after the plugin was unregistered.
      this.#registeredAs ??= Object.entries(this.app.plugins ?? {}).find(
        ([, plugin]) => plugin === this,
      )?.[0];
      return this.#registeredAs ?? this.#options.taskName;
    }
  }

  return LrtPlugin;
}
