import { type ComponentType, createElement, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';

/**
 * The least that a host may be and still be one, as the platform's plugins see it: events without a context, no
 * `remove` of plugins or buttons, no localisation of the application, a modal that is a box with a title bar.
 */

type Words = Record<string, Record<string, string>>;
type Handler = (...args: never[]) => void;

export interface MinimalHostOptions {
  /** Of the user's language only, as from one message file. */
  messages?: Words;
  system?: unknown;
  /** What `myw.localisation` has. */
  localisation?: Record<string, unknown>;
  /** Further members of the application, or `undefined` for one that it lacks. */
  app?: Record<string, unknown>;
}

export class MinimalApplication {
  readonly plugins: Record<string, MinimalPlugin> = {};
  currentFeature: unknown = null;
  system: unknown;
  readonly #handlers: [string, Handler][] = [];

  on(events: string, handler: Handler): void {
    for (const event of events.split(' ')) this.#handlers.push([event, handler]);
  }

  off(events: string, handler: Handler): void {
    for (const event of events.split(' ')) {
      const at = this.#handlers.findIndex(([name, other]) => name === event && other === handler);
      if (at >= 0) this.#handlers.splice(at, 1);
    }
  }

  /** A handler that throws keeps the event from the rest, and its error comes out where the event was fired. */
  fire(events: string, ...args: unknown[]): void {
    for (const event of events.split(' ')) {
      for (const [name, handler] of [...this.#handlers])
        if (name === event) Reflect.apply(handler, undefined, args);
    }
  }

  setCurrentFeature(feature: unknown): void {
    this.currentFeature = feature;
    this.fire('currentFeature-changed currentFeatureSet-changed');
  }

  get listening(): number {
    return this.#handlers.length;
  }
}

export interface MinimalPlugin {
  app: MinimalApplication;
  owner: MinimalApplication;
  options: Record<string, unknown>;
  messageGroup?: string;
  buttons?: Record<string, new (owner: never) => { action(): unknown }>;
  msg(key: string, values?: Record<string, unknown>): string;
  listenTo(other: MinimalApplication, events: string, handler: Handler): void;
  trigger(event: string): void;
}

/** A host with its two modules, its application, and the application definition that starts it. */
export function createMinimalHost({
  messages = {},
  system,
  localisation,
  app: more,
}: MinimalHostOptions = {}) {
  const app = new MinimalApplication();
  if (system !== undefined) app.system = system;
  for (const [name, value] of Object.entries(more ?? {})) {
    Object.defineProperty(app, name, { value, writable: true, configurable: true, enumerable: true });
  }
  const roots = new Set<Root>();
  const places: Element[] = [];

  const say = (group: string, key: string, values: Record<string, unknown> = {}) =>
    (messages[group]?.[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));

  class Plugin implements MinimalPlugin {
    declare messageGroup: string;
    declare buttons: NonNullable<MinimalPlugin['buttons']>;
    app: MinimalApplication;
    owner: MinimalApplication;
    options: Record<string, unknown>;
    constructor(owner: MinimalApplication, options: Record<string, unknown> = {}) {
      this.app = owner;
      this.owner = owner;
      this.options = options;
    }
    msg(key: string, values?: Record<string, unknown>): string {
      return say(this.messageGroup, key, values);
    }
    listenTo(other: MinimalApplication, events: string, handler: Handler): void {
      other.on(events, handler);
    }
    trigger(): void {}
  }

  class PluginButton {
    declare id: string;
    declare titleMsg: string;
    declare imgSrc: string;
    owner: MinimalPlugin;
    constructor(owner: MinimalPlugin) {
      this.owner = owner;
    }
    action(): unknown {
      return undefined;
    }
    initUI(): void {}
  }

  function renderReactNode<Props extends object>(
    node: Element | null,
    component: ComponentType<Props>,
    props: Props,
    previousRoot?: Root,
  ): Root {
    const place = node ?? document.createElement('div');
    if (!node && !previousRoot) {
      document.body.append(place);
      places.push(place);
    }
    const root = previousRoot ?? createRoot(place);
    roots.add(root);
    root.render(createElement(component, props));
    return root;
  }

  const texts = new Map<string, { msg(key: string, values?: Record<string, unknown>): string }>();
  function useLocale(group: string) {
    const known = texts.get(group) ?? { msg: (key, values) => say(group, key, values) };
    texts.set(group, known);
    return known;
  }

  function DraggableModal(props: {
    open: boolean;
    title?: ReactNode;
    width?: number;
    onCancel?: () => void;
    footer?: ReactNode;
    wrapClassName?: string;
    children?: ReactNode;
  }) {
    if (!props.open) return null;
    return (
      <div role="dialog" aria-label={String(props.title)} className={props.wrapClassName} tabIndex={-1}>
        <div>
          {props.title}
          <button type="button" aria-label="Close" onClick={() => props.onCancel?.()} />
        </div>
        {props.children}
        {props.footer}
      </div>
    );
  }

  const toolbar = document.createElement('div');
  toolbar.setAttribute('role', 'toolbar');
  document.body.append(toolbar);

  /** As the application definition: plugins by id, and toolbar buttons as 'plugin.button'. An exception ends it. */
  function start(definition: { plugins: Record<string, unknown>; toolbar?: string[] }): void {
    for (const [id, entry] of Object.entries(definition.plugins)) {
      const [Class, options]: unknown[] = Array.isArray(entry) ? entry : [entry];
      if (typeof Class !== 'function') throw new TypeError(`Plugin ${id} is not a class`);
      app.plugins[id] = Reflect.construct(Class, options === undefined ? [app] : [app, options]);
    }
    for (const reference of definition.toolbar ?? []) {
      const [id = '', key = ''] = reference.split('.');
      const plugin = app.plugins[id];
      const Button = plugin?.buttons?.[key];
      if (!plugin || !Button) throw new Error(`No button ${reference}`);
      const button = Reflect.construct(Button, [plugin]);
      button.initUI();
      const drawn = document.createElement('button');
      drawn.textContent = plugin.msg(button.titleMsg);
      drawn.addEventListener('click', () => button.action());
      toolbar.append(drawn);
    }
  }

  const myw = { app, Plugin, PluginButton, ...(localisation && { localisation }) };
  return {
    app,
    myw,
    /** What `import * as ...` gives of the two modules. */
    modules: {
      client: { default: myw, Plugin, PluginButton },
      react: { renderReactNode, useLocale, DraggableModal },
    },
    Plugin,
    PluginButton,
    renderReactNode,
    useLocale,
    DraggableModal,
    start,
    /** The palette gives an action nothing but its owner. */
    pressInPalette(id: string, key: string): void {
      const plugin = app.plugins[id];
      const action = plugin?.buttons?.[key]?.prototype.action;
      if (action) Reflect.apply(action, { owner: plugin }, []);
    },
    dispose(): void {
      for (const root of roots) root.unmount();
      for (const place of [toolbar, ...places]) place.remove();
    },
  };
}
