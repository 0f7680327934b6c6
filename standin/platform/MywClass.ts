import type { EventHandler, HostEvents } from '../../src/host/contract.ts';
import { Events } from '../../src/host/events.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import { extend } from './extend.ts';

type Options = Record<string, unknown>;

/** The options that a class and those that it extends have set with `mergeOptions`. */
export function defaultOptions(prototype: object): Options {
  const chain: Options[] = [];
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at)) {
    const own: unknown = Object.getOwnPropertyDescriptor(at, 'options')?.value;
    if (typeof own === 'object' && own !== null) chain.unshift({ ...own });
  }
  return Object.assign({}, ...chain);
}

/** `static { this.mergeOptions({ ... }) }`: what the options of its instances start from. */
export function mergeOptions(this: { prototype: object }, options: Options): void {
  const own: unknown = Object.getOwnPropertyDescriptor(this.prototype, 'options')?.value;
  Object.defineProperty(this.prototype, 'options', {
    value: { ...(typeof own === 'object' ? own : {}), ...options },
    writable: true,
    configurable: true,
  });
}

/** `static { this.include(mixin) }`: puts the mixin's methods on the class. */
export function include(this: { prototype: object }, ...mixins: object[]): void {
  for (const mixin of mixins) Object.assign(this.prototype, mixin);
}

/** Handlers that are called once, by event name. */
export function once(source: HostEvents, events: string, handler: EventHandler, context?: unknown): void {
  const first = (...args: never[]) => {
    source.off(events, first);
    Reflect.apply(handler, context ?? source, args);
  };
  source.on(events, first);
}

/** Base of the platform's classes, and of the builders and managers that plugins write. */
export class MywClass extends Events {
  declare messageGroup: string;
  declare options: Options;
  static mergeOptions = mergeOptions;
  static include = include;
  static extend = extend;

  setOptions(options: Options): void {
    this.options = { ...defaultOptions(Object.getPrototypeOf(this)), ...this.options, ...options };
  }

  msg(key: string, values?: Record<string, unknown>): string {
    return latestApplication()?.localisation.msg(this.messageGroup, key, values) ?? key;
  }

  once(events: string, handler: EventHandler, context?: unknown): void {
    once(this, events, handler, context);
  }

  trigger(events: string, ...args: unknown[]): void {
    this.fire(events, ...args);
  }
}
