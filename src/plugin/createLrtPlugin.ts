import type { ButtonStatusSource, HostApplication, RenderReactNode, RenderRoot } from '../host/contract.ts';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { localesWith, withTitle } from '../locales/customerConnection/connectionLocales.ts';
import type { LocaleSource } from '../locales/types.ts';
import { createLrtModal } from '../modal/createLrtModal.tsx';
import { MESSAGE_GROUP } from '../modal/messageGroup.ts';
import type { NoticesControl } from '../notices/NoticesOptions.ts';
import { type ButtonStatusControl, createButtonStatus } from '../parts/createButtonStatus.ts';
import { createTaskSession } from '../parts/createTaskSession.ts';
import type { TaskSession } from '../parts/TaskSession.ts';
import { hostMessage, languageOf } from '../parts/useTranslation.ts';
import type { ButtonInstance, HostBinding, PluginInstance } from './hostBinding.ts';
import { icon } from './icon.ts';
import { type LrtPluginOptions, parseOptions, type ResolvedOptions } from './options.ts';

export interface LrtPluginInstance extends PluginInstance {
  readonly messageGroup: string;
  readonly buttons: { dialog: new (owner: never) => ButtonInstance };
  /** The state of the task for the plugin's button. A host shows it in its toolbar and its palette. */
  readonly buttonStatus: ButtonStatusSource;
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

/**
 * The plugin for a host. `src/index.ts` binds it to the standalone host.
 *
 * @example
 * export const LrtPlugin = createLrtPlugin({ Plugin, PluginButton, renderReactNode, useLocale, DraggableModal });
 */
export function createLrtPlugin<Owner extends object = HostApplication>(
  host: HostBinding<Owner>,
): LrtPluginClass<Owner> {
  const LrtModal = createLrtModal(host);

  class LrtButton extends host.PluginButton {
    declare owner: { showModal(): void; msg(key: string): string; buttonStatus: ButtonStatusSource };
    declare id: string;
    declare titleMsg: string;
    declare imgSrc: string;

    static {
      LrtButton.prototype.id = 'lrt-button';
      LrtButton.prototype.titleMsg = 'title';
      LrtButton.prototype.imgSrc = icon;
    }

    override initUI(): void {
      super.initUI?.();
      const { owner } = this;
      host.showStatus?.(this, () => owner.msg('title'), owner.buttonStatus);
    }

    override action(): void {
      this.owner.showModal();
    }
  }

  /** Connects customers: a button, a modal, and the task behind them, which runs on while the modal is closed. */
  class LrtPlugin extends host.Plugin implements LrtPluginInstance {
    declare messageGroup: string;
    declare buttons: { dialog: typeof LrtButton };
    readonly buttonStatus: ButtonStatusControl;
    readonly #options: ResolvedOptions;
    readonly #locales: LocaleSource;
    readonly #session: TaskSession;
    #notices: NoticesControl | undefined;
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
      const { taskName, system, overlay } = parsed;
      const pluginId = () => this.#id();
      const session = createTaskSession({ app: this.#app, taskName, pluginId, system, overlay });
      this.#session = session;
      this.buttonStatus = createButtonStatus({
        app: this.#app,
        session,
        translator: () => this.#translator(),
      });
      // After the host has registered us: only then has the plugin its id, and the application its task server.
      queueMicrotask(() => this.#restore());
      // So that the modal need not open without words; where it fails, the modal tries again.
      this.#locales = localesWith(parsed.packs);
      this.#locales.load(this.#language()).then(
        () => this.buttonStatus.refresh(),
        () => undefined,
      );
      void this.#startNotices();
    }

    /** The button's title is asked for before any pack is loaded. */
    msg(key: string, values?: Record<string, unknown>): string {
      return this.#translator().find(key, values) ?? key;
    }

    #translator(): Translator {
      const language = this.#language();
      const { messages } = this.#options;
      return createTranslator({
        locale: withTitle(this.#locales.of(language), language),
        hostLanguage: language,
        lookup: (name, wanted) => hostMessage(this.#app, undefined, MESSAGE_GROUP, name, wanted),
        overrides: messages,
      });
    }

    showModal(): void {
      if (this.#removed) return;
      if (this.#open) this.#raised += 1;
      this.#open = true;
      this.buttonStatus.setOpen(true);
      this.#render();
      this.#restore();
    }

    hideModal(): void {
      this.#open = false;
      this.buttonStatus.setOpen(false);
      this.#render();
    }

    override remove(): void {
      this.#removed = true;
      this.#root?.unmount();
      this.#root = undefined;
      this.buttonStatus.dispose();
      this.#notices?.dispose();
      this.#session.dispose();
      super.remove?.();
    }

    /** The application as a host's binding shows it. */
    get #app(): HostApplication {
      return host.application?.(this) ?? this.app;
    }

    #restore(): void {
      if (this.#removed) return;
      void this.#session.restore();
      this.#notices?.lookAgain();
    }

    /** Starts what shows the user's tasks while the modal is closed. Its code is fetched once the page has the plugin. */
    async #startNotices(): Promise<void> {
      const { system, overlay, taskName, openRun, messages, ...options } = this.#options;
      const { notices, pageTitle, pageIcon, desktopNotifications } = options;
      const channels = { notices, pageTitle, pageIcon, desktopNotifications };
      if (!Object.values(channels).includes(true)) return;
      try {
        const { startNotices } = await import('../notices/startNotices.ts');
        if (this.#removed) return;
        this.#notices = startNotices({
          app: this.#app,
          channels,
          session: this.#session,
          system: () => system ?? this.#app.system,
          overlay: () => overlay ?? this.#app.map?.taskOverlay,
          words: {
            taskName,
            messages,
            translator: () => this.#translator(),
            language: () => this.#language(),
            load: () => this.#locales.load(this.#language()),
          },
          useLanguage: () => host.useLocale(MESSAGE_GROUP).language,
          renderReactNode: (...rendered) => this.#renderer()(...rendered),
          canOpen: (taskId) => openRun !== undefined || this.#session.getState().task?.id === taskId,
          openTask: (taskId) => (openRun ? openRun(taskId) : this.showModal()),
        });
      } catch (problem) {
        // The dialog and its button work without.
        if (!this.#removed) globalThis.reportError?.(problem);
      }
    }

    #render(): void {
      if (this.#removed) return;
      const { count, language, messages, packs, listPoles, openRun } = this.#options;
      this.#root = this.#renderer()(
        null,
        LrtModal,
        {
          open: this.#open,
          onClose: () => this.hideModal(),
          session: this.#session,
          defaultCount: count,
          app: this.#app,
          raise: this.#raised,
          language,
          messages,
          packs,
          listPoles,
          openRun,
        },
        this.#root,
      );
    }

    /** An application that renders for itself goes first: of two on a page, the host's function knows only one. */
    #renderer(): RenderReactNode {
      const { renderReactNode } = this.#app;
      return renderReactNode ?? host.renderReactNode;
    }

    #language(): string {
      return this.#options.language ?? languageOf(this.#app);
    }

    #id(): string {
      // Kept, because a start may be answered after the plugin was unregistered.
      this.#registeredAs ??= Object.entries(this.#app.plugins ?? {}).find(
        ([, plugin]) => plugin === this,
      )?.[0];
      return this.#registeredAs ?? this.#options.taskName;
    }
  }

  return LrtPlugin;
}
