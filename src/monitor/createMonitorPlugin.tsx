import { createElement } from 'react';
import type { HostApplication, RenderRoot } from '../host/contract.ts';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { loadMonitorLocales } from '../locales/monitor/monitorLocales.ts';
import type { LocaleSource } from '../locales/types.ts';
import { hostMessage, languageOf } from '../parts/useTranslation.ts';
import type { ButtonInstance, HostBinding, PluginInstance } from '../plugin/hostBinding.ts';
import { createTasksBadge, type TasksBadge } from './createTasksBadge.ts';
import { MonitorDialog } from './MonitorDialog.tsx';
import { MESSAGE_GROUP } from './messageGroup.ts';
import type { MonitorFilter } from './monitorFilter.ts';
import { type MonitorPluginOptions, parseMonitorOptions } from './monitorOptions.ts';
import { TaskMonitor, type TaskMonitorProps } from './TaskMonitor.tsx';
import { tasksIcon } from './tasksIcon.ts';

export type { MonitorPluginOptions } from './monitorOptions.ts';

/** The button's word until the others are there, and where they cannot be fetched. */
const FIRST_WORDS = { language: 'en', english: { tasks: 'Tasks' } };

export interface MonitorPluginInstance extends PluginInstance {
  readonly messageGroup: string;
  readonly buttons: { tasks: new (owner: never) => ButtonInstance };
  /** The number of running tasks for the button. A host shows it in its toolbar. */
  readonly buttonStatus: TasksBadge;
  /** Opens the monitor, with this filter if there is one. */
  show(filter?: MonitorFilter): void;
  hide(): void;
  toggle(): void;
  /** A message in the user's language, by its key. */
  msg(key: string, values?: Record<string, unknown>): string;
  /** Leaves nothing of the plugin on the page. */
  remove(): void;
}

export type MonitorPluginClass<Owner extends object = HostApplication> = new (
  owner: Owner,
  options?: MonitorPluginOptions,
) => MonitorPluginInstance;

/**
 * Makes the plugin of a host that has the button "Tasks" with the number of running tasks, and opens the monitor.
 *
 * @example
 * const MonitorPlugin = createMonitorPlugin({ Plugin, PluginButton, renderReactNode, useLocale, DraggableModal });
 * app.registerPlugin('tasks', MonitorPlugin, { dock: (content) => setColumn(content) });
 * app.setToolbar(['lrtPlugin.dialog', 'tasks.tasks']);
 */
export function createMonitorPlugin<Owner extends object = HostApplication>(
  host: HostBinding<Owner>,
): MonitorPluginClass<Owner> {
  class TasksButton extends host.PluginButton {
    declare owner: { toggle(): void; buttonStatus: TasksBadge; msg(key: string): string };
    declare id: string;
    declare titleMsg: string;
    declare imgSrc: string;

    static {
      TasksButton.prototype.id = 'lrt-tasks-button';
      TasksButton.prototype.titleMsg = 'tasks';
      TasksButton.prototype.imgSrc = tasksIcon;
    }

    override initUI(): void {
      super.initUI?.();
      const { owner } = this;
      host.showStatus?.(this, () => owner.msg('tasks'), owner.buttonStatus);
    }

    override action(): void {
      this.owner.toggle();
    }
  }

  class MonitorPlugin extends host.Plugin implements MonitorPluginInstance {
    declare messageGroup: string;
    declare buttons: { tasks: typeof TasksButton };
    readonly buttonStatus: TasksBadge;
    readonly #options: MonitorPluginOptions;
    #locales: LocaleSource | undefined;
    #filter: MonitorFilter = {};
    #variant: 'panel' | 'page' = 'panel';
    #isOpen = false;
    #isRemoved = false;
    #root: RenderRoot | undefined;
    /** The focus goes back to it when the monitor closes. */
    #opener: Element | null = null;

    static {
      MonitorPlugin.prototype.messageGroup = MESSAGE_GROUP;
      MonitorPlugin.prototype.buttons = { tasks: TasksButton };
    }

    constructor(owner: Owner, options: MonitorPluginOptions = {}) {
      super(owner, { ...options });
      this.#options = parseMonitorOptions(options);
      this.buttonStatus = createTasksBadge(options.system ?? this.#app.system, () => this.#translator());
      void this.#loadWords();
    }

    msg(key: string, values?: Record<string, unknown>): string {
      return this.#translator().find(key, values) ?? key;
    }

    show(filter?: MonitorFilter): void {
      if (this.#isRemoved) return;
      if (!this.#isOpen) this.#opener = document.activeElement;
      this.#isOpen = true;
      this.#filter = filter ?? this.#filter;
      this.buttonStatus.setOpen(true);
      this.#render();
      this.#options.onChange?.(this.#filter);
    }

    hide(): void {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      this.buttonStatus.setOpen(false);
      this.#render();
      this.#options.onChange?.(undefined);
      const opener = this.#opener;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    }

    toggle(): void {
      if (this.#isOpen) this.hide();
      else this.show();
    }

    override remove(): void {
      this.hide();
      this.#isRemoved = true;
      this.#root?.unmount();
      this.#root = undefined;
      this.buttonStatus.dispose();
      super.remove?.();
    }

    /** The application as a host's binding shows it. */
    get #app(): HostApplication {
      return host.application?.(this) ?? this.app;
    }

    #render(): void {
      if (this.#isRemoved) return;
      const { dock, onChange: _onChange, ...options } = this.#options;
      const props: TaskMonitorProps = {
        ...options,
        app: this.#app,
        filter: this.#filter,
        variant: this.#variant,
        onFilter: (filter) => this.#set({ filter }),
        onClose: () => this.hide(),
        ...(dock && { onVariant: (variant: 'panel' | 'page') => this.#set({ variant }) }),
      };
      if (dock) {
        dock(this.#isOpen ? createElement(TaskMonitor, props) : undefined, this.#variant);
        return;
      }
      const { DraggableModal, useLocale, renderReactNode } = host;
      const render = this.#app.renderReactNode ?? renderReactNode;
      this.#root = render(
        null,
        MonitorDialog,
        { ...props, isOpen: this.#isOpen, title: this.msg('tasks'), DraggableModal, useLocale },
        this.#root,
      );
    }

    #set({ filter, variant }: { filter?: MonitorFilter; variant?: 'panel' | 'page' }): void {
      this.#filter = filter ?? this.#filter;
      this.#variant = variant ?? this.#variant;
      this.#render();
      this.#options.onChange?.(this.#filter);
    }

    async #loadWords(): Promise<void> {
      try {
        const locales = await loadMonitorLocales();
        await locales.load(this.#language()).catch(() => undefined);
        this.#locales = locales;
      } catch {
        // The button is named in English then, or by the host's own words.
      }
      if (this.#isRemoved) return;
      this.buttonStatus.refresh();
      // The title of an open dialog is a word, too.
      if (this.#isOpen) this.#render();
    }

    #language(): string {
      return this.#options.language ?? languageOf(this.#app);
    }

    #translator(): Translator {
      const language = this.#language();
      return createTranslator({
        locale: this.#locales?.of(language) ?? FIRST_WORDS,
        hostLanguage: language,
        lookup: (key, wanted) => hostMessage(this.#app, undefined, MESSAGE_GROUP, key, wanted),
        overrides: this.#options.messages,
      });
    }
  }

  return MonitorPlugin;
}
