import type { BoundingBox } from '../../contract/index.ts';
import type {
  EventHandler,
  HostApplication,
  HostFeature,
  HostLocalisation,
  HostMap,
  MapSketches,
  RenderReactNode,
  TaskOverlay,
} from '../../host/contract.ts';
import { reportProblem } from '../../host/reportProblem.ts';
import { directionOf } from '../../locales/language.ts';
import { guarded } from './guarded.tsx';
import { hostLanguage } from './hostLanguage.ts';
import { hostSystem } from './hostSystem.ts';
import { parseFeature } from './parseFeature.ts';
import { attempt, fieldOf, isObject, methodOf, textOf } from './parseHost.ts';

export interface ViewSources {
  /** The host's application, read at each use: modules are loaded before it is there. */
  app(): unknown;
  /** `myw.localisation`, which older platforms have in place of the application's. */
  localisation(): unknown;
  /** Bounds as the host's map takes them. */
  bounds(box: BoundingBox): unknown;
  /** The host's words by key; undefined where only its `useLocale` has them. */
  words?: ((key: string) => unknown) | undefined;
}

/** Our handlers of one event of the host. */
interface Subscription {
  handlers: Set<EventHandler>;
  /** The host calls it. It passes the event on to the handlers. */
  dispatch(...args: unknown[]): void;
}

/**
 * The host's application as the plugin uses it. Whatever the host lacks, or has otherwise than its documents say, is
 * absent here; what the plugin does in a host's event never throws into it.
 */
export class HostView implements HostApplication {
  readonly #sources: ViewSources;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(sources: ViewSources) {
    this.#sources = sources;
  }

  get currentFeature(): HostFeature | null {
    return parseFeature(this.#field('currentFeature'));
  }

  get currentFeatureSet(): { items: HostFeature[] } {
    const set = this.#field('currentFeatureSet');
    const given = Array.isArray(set) ? set : fieldOf(set, 'items');
    const items: unknown[] = Array.isArray(given) ? given : [];
    return { items: items.flatMap((item) => parseFeature(item) ?? []) };
  }

  setCurrentFeature(feature: HostFeature | null, options?: { zoomTo?: boolean }): void {
    this.#call('setCurrentFeature', feature, options);
  }

  get system() {
    const system = this.#field('system');
    return system === undefined ? undefined : hostSystem(system);
  }

  get plugins(): Record<string, unknown> {
    const plugins = this.#field('plugins');
    return isObject(plugins) ? plugins : {};
  }

  get map(): HostMap | undefined {
    const map = this.#field('map');
    const fitBounds = methodOf(map, 'fitBounds');
    const overlay = fieldOf(map, 'taskOverlay');
    const sketches = fieldOf(map, 'sketches');
    if (!fitBounds && !isOverlay(overlay)) return undefined;
    return {
      getBounds: () => boundsOf(attempt(() => methodOf(map, 'getBounds')?.())) ?? [-180, -90, 180, 90],
      fitBounds: (box) => safely(() => fitBounds?.(this.#sources.bounds(box))),
      zoomTo: (feature) => safely(() => methodOf(map, 'zoomTo')?.(feature)),
      ...(isOverlay(overlay) && { taskOverlay: overlay }),
      ...(isSketches(sketches) && { sketches }),
    };
  }

  get localisation(): HostLocalisation | undefined {
    const own = this.#field('localisation');
    const { words, localisation } = this.#sources;
    const lookup =
      methodOf(own, 'lookup') ?? (words && ((_group: unknown, key: unknown) => words(String(key))));
    if (!lookup) return undefined;
    const find = (group: string, key: string, wanted?: string) => {
      const text = textOf(attempt(() => lookup(group, key, wanted)));
      // A host without a message answers with the key.
      return text === key ? undefined : text;
    };
    const language = hostLanguage(own, localisation()) ?? (document.documentElement.lang || 'en');
    return {
      language,
      direction: directionOf(language),
      lookup: find,
      msg: (group, key) => find(group, key) ?? key,
    };
  }

  get renderReactNode(): RenderReactNode | undefined {
    const own = this.#field('renderReactNode');
    return isRenderer(own) ? guarded(own) : undefined;
  }

  /** One handler at the host for all of ours: where the host cannot take it off, nothing piles up. */
  on(events: string, handler: EventHandler): void {
    const subscription = this.#subscriptions.get(events) ?? this.#subscribe(events);
    subscription.handlers.add(handler);
  }

  off(events: string, handler?: EventHandler): void {
    const subscription = this.#subscriptions.get(events);
    if (!subscription) return;
    if (handler) subscription.handlers.delete(handler);
    else subscription.handlers.clear();
    if (subscription.handlers.size > 0 || !methodOf(this.#sources.app(), 'off')) return;
    this.#subscriptions.delete(events);
    this.#call('off', events, subscription.dispatch);
  }

  fire(events: string, ...args: unknown[]): void {
    this.#call('fire', events, ...args);
  }

  #subscribe(events: string): Subscription {
    const handlers = new Set<EventHandler>();
    const dispatch = (...args: unknown[]) => {
      for (const handler of [...handlers]) safely(() => Reflect.apply(handler, undefined, args));
    };
    const subscription = { handlers, dispatch };
    this.#subscriptions.set(events, subscription);
    this.#call('on', events, dispatch);
    return subscription;
  }

  #field(name: string): unknown {
    return fieldOf(this.#sources.app(), name);
  }

  #call(method: string, ...args: unknown[]): void {
    safely(() => methodOf(this.#sources.app(), method)?.(...args));
  }
}

function safely(call: () => unknown): void {
  try {
    call();
  } catch (problem) {
    reportProblem(problem);
  }
}

function isOverlay(value: unknown): value is TaskOverlay {
  return ['add', 'settle', 'remove'].every((method) => methodOf(value, method));
}

/** An application may have given its map sketches of its own. */
function isSketches(value: unknown): value is MapSketches {
  const draw = fieldOf(value, 'draw');
  return methodOf(value, 'show') !== undefined && (draw === undefined || typeof draw === 'function');
}

/** Returns bounds as the platform's map has them, an object that is asked for each side, or as a list. */
function boundsOf(given: unknown): BoundingBox | undefined {
  const sides = Array.isArray(given)
    ? given
    : ['getWest', 'getSouth', 'getEast', 'getNorth'].map((side) => attempt(() => methodOf(given, side)?.()));
  const [west, south, east, north]: unknown[] = sides;
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  if (!isNumber(west) || !isNumber(south) || !isNumber(east) || !isNumber(north)) return undefined;
  return [west, south, east, north];
}

function isRenderer(value: unknown): value is RenderReactNode {
  return typeof value === 'function';
}
