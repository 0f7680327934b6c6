import type { ComponentType } from 'react';
import type { BoundingBox } from '../../contract/index.ts';
import type { DraggableModalProps, HostApplication, Msg, RenderReactNode } from '../../host/contract.ts';
import type { HostBinding } from '../../plugin/hostBinding.ts';
import { HostView } from './HostView.ts';
import { hostLanguage } from './hostLanguage.ts';
import { fieldOf, isObject, methodOf } from './parseHost.ts';

/** The namespaces of `myWorld-client` and `myWorld-client/react`, as they were imported. */
export interface MyWorldModules {
  client: unknown;
  react: unknown;
}

export interface HostModules {
  Plugin: HostBinding<object>['Plugin'];
  PluginButton: HostBinding<object>['PluginButton'];
  renderReactNode: RenderReactNode;
  useLocale(group: string): { msg: Msg; language?: string };
  DraggableModal: ComponentType<DraggableModalProps>;
  /** Names that the host does not export: the plugin cannot open its modal then. */
  missing: readonly string[];
  /** `myw.app` and `myw.localisation`, which are there later than the modules. */
  app(): unknown;
  localisation(): unknown;
  /** Bounds as the platform's map takes them, where it has a class for them. */
  bounds(box: BoundingBox): unknown;
}

/**
 * Takes what the plugin needs out of the host's modules. Newer platforms export it by name, older ones have it on the
 * default export `myw`. A missing export is replaced by one that does nothing: an exception while modules are
 * loaded would keep the whole application from starting.
 */
export function hostModules({ client, react }: MyWorldModules): HostModules {
  const myw = fieldOf(client, 'default');
  const missing: string[] = [];
  function find<Value>(name: string, is: (value: unknown) => value is Value, instead: Value): Value {
    const places = [client, react, myw, fieldOf(react, 'default'), fieldOf(myw, 'react')];
    const found = places.map((place) => fieldOf(place, name)).find(is);
    if (found === undefined) missing.push(name);
    return found ?? instead;
  }
  const localisation = () => fieldOf(myw, 'localisation');
  const useHostLocale = find('useLocale', isHook, () => undefined);
  return {
    Plugin: find('Plugin', isPlugin, NoPlugin),
    PluginButton: find('PluginButton', isButton, NoButton),
    renderReactNode: find('renderReactNode', isRenderer, renderNothing),
    DraggableModal: find('DraggableModal', isComponent, () => null),
    useLocale(group) {
      const locale = useHostLocale(group);
      const language = hostLanguage(locale, fieldOf(fieldOf(myw, 'app'), 'localisation'), localisation());
      return { msg: msgOf(locale), ...(language !== undefined && { language }) };
    },
    missing,
    app: () => fieldOf(myw, 'app'),
    localisation,
    bounds([west, south, east, north]) {
      const latLng = methodOf(client, 'latLng') ?? methodOf(myw, 'latLng');
      const latLngBounds = methodOf(client, 'latLngBounds') ?? methodOf(myw, 'latLngBounds');
      if (!latLng || !latLngBounds) return [west, south, east, north];
      return latLngBounds(latLng(south, west), latLng(north, east));
    },
  };
}

const hooks = new WeakMap<object, Msg>();

/** The same function for the same object of the host: it decides whether words are looked up again. */
function msgOf(locale: unknown): Msg {
  if (!isObject(locale)) return sayKey;
  const given = locale.msg;
  if (typeof given !== 'function') return sayKey;
  const known = hooks.get(given);
  if (known) return known;
  const msg: Msg = (key, values) => {
    const text: unknown = values ? given.call(locale, key, values) : given.call(locale, key);
    return typeof text === 'string' && text !== '' ? text : key;
  };
  hooks.set(given, msg);
  return msg;
}

const sayKey: Msg = (key) => key;

class NoPlugin {
  readonly app: HostApplication;

  constructor(owner: object) {
    this.app = new HostView({
      app: () => fieldOf(owner, 'app') ?? owner,
      localisation: () => undefined,
      bounds: (box) => box,
    });
  }
}

class NoButton {
  action(): void {}
}

const renderNothing: RenderReactNode = () => ({ render() {}, unmount() {} });

function isPlugin(value: unknown): value is HostBinding<object>['Plugin'] {
  return typeof value === 'function';
}

function isButton(value: unknown): value is HostBinding<object>['PluginButton'] {
  return typeof value === 'function';
}

function isRenderer(value: unknown): value is RenderReactNode {
  return typeof value === 'function';
}

function isHook(value: unknown): value is (group: string) => unknown {
  return typeof value === 'function';
}

/** A function, or what `memo` and `forwardRef` make. */
function isComponent(value: unknown): value is ComponentType<DraggableModalProps> {
  return isObject(value) && (typeof value === 'function' || '$$typeof' in value);
}
