import type { ComponentType } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type {
  ButtonStatusSource,
  HostApplication,
  RenderReactNode,
  RenderRoot,
  TaskOverlay,
} from '../host/contract.ts';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import type { Locale, LocaleSource, Packs } from '../locales/types.ts';
import type { NoticesControl } from '../notices/NoticesOptions.ts';
import { type ButtonStatusControl, createButtonStatus } from '../parts/createButtonStatus.ts';
import { createTaskSession } from '../parts/createTaskSession.ts';
import type { TaskControls, TaskSession } from '../parts/TaskSession.ts';
import { hostMessage, languageOf } from '../parts/useTranslation.ts';
import type { ButtonInstance, HostBinding, PluginInstance } from './hostBinding.ts';

/** The plugin of a task: a button, a modal, and the task behind them, which runs on while the modal is closed. */
export interface TaskPluginInstance extends PluginInstance {
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

/** The options that every such plugin has, checked. */
export interface TaskPluginOptions {
  taskName: string;
  system?: SystemClient | undefined;
  overlay?: TaskOverlay | undefined;
  messages?: Readonly<Record<string, string>> | undefined;
  packs?: Packs | undefined;
  language?: string | undefined;
  openRun?: ((taskId: string) => void) | undefined;
  openTable?: ((taskId: string) => void) | undefined;
  notices?: boolean;
  pageTitle?: boolean;
  pageIcon?: boolean;
  desktopNotifications?: boolean;
}

/** The props that every such plugin gives its modal. */
export interface TaskModalProps {
  open: boolean;
  onClose(): void;
  session: TaskControls;
  app: HostApplication;
  raise: number;
  language: string | undefined;
  messages: Readonly<Record<string, string>> | undefined;
  packs: Packs | undefined;
  openRun: ((taskId: string) => void) | undefined;
  openTable: ((taskId: string) => void) | undefined;
}

/** The difference between one such plugin and another. */
export interface TaskPluginKind<Options extends TaskPluginOptions, Props extends object> {
  messageGroup: string;
  buttonId: string;
  icon: string;
  /** Throws a TypeError that names what is wrong. */
  parse(given: Record<string, unknown>): Options;
  locales(packs: Packs | undefined): LocaleSource;
  /** The words with the button's title, which a host's toolbar asks for before any pack could have been fetched. */
  withTitle(locale: Locale, language: string): Locale;
  Modal: ComponentType<Props>;
  modalProps(shared: TaskModalProps, options: Options): Props;
}

/** Makes the plugin of a task for a host. Its button has the title under the key 'title' of its words. */
export function createTaskPlugin<
  Owner extends object,
  Given extends object,
  Options extends TaskPluginOptions,
  Props extends object,
>(
  host: HostBinding<Owner>,
  kind: TaskPluginKind<Options, Props>,
): new (
  owner: Owner,
  options?: Given,
) => TaskPluginInstance {
  class TaskButton extends host.PluginButton {
    declare owner: { showModal(): void; msg(key: string): string; buttonStatus: ButtonStatusSource };
    declare id: string;
    declare titleMsg: string;
    declare imgSrc: string;

    static {
      TaskButton.prototype.id = kind.buttonId;
      TaskButton.prototype.titleMsg = 'title';
      TaskButton.prototype.imgSrc = kind.icon;
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

  class TaskPlugin extends host.Plugin implements TaskPluginInstance {
    declare messageGroup: string;
    declare buttons: { dialog: typeof TaskButton };
    readonly buttonStatus: ButtonStatusControl;
    readonly #options: Options;
    readonly #locales: LocaleSource;
    readonly #session: TaskSession;
    #notices: NoticesControl | undefined;
    #root: RenderRoot | undefined;
    #raised = 0;
    #open = false;
    #removed = false;
    #registeredAs: string | undefined;

    static {
      TaskPlugin.prototype.messageGroup = kind.messageGroup;
      TaskPlugin.prototype.buttons = { dialog: TaskButton };
    }

    constructor(owner: Owner, options?: Given) {
      const parsed = kind.parse({ ...options });
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
      this.#locales = kind.locales(parsed.packs);
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
        locale: kind.withTitle(this.#locales.of(language), language),
        hostLanguage: language,
        lookup: (name, wanted) => hostMessage(this.#app, undefined, kind.messageGroup, name, wanted),
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
      const { notices = false, pageTitle = false, pageIcon = false, desktopNotifications = false } = options;
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
          useLanguage: () => host.useLocale(kind.messageGroup).language,
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
      const { language, messages, packs, openRun, openTable } = this.#options;
      this.#root = this.#renderer()(
        null,
        kind.Modal,
        kind.modalProps(
          {
            open: this.#open,
            onClose: () => this.hideModal(),
            session: this.#session,
            app: this.#app,
            raise: this.#raised,
            language,
            messages,
            packs,
            openRun,
            openTable,
          },
          this.#options,
        ),
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

  return TaskPlugin;
}
