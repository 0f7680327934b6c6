type PlatformClass = new (...args: never[]) => object;

/**
 * The older way to write a class of the platform. The members go to the prototype, and `options` are merged with those
 * of the base class. The constructor calls `initialize` with its own arguments, unless the base class has called it.
 *
 * @example const LrtPlugin = myw.Plugin.extend({ messageGroup: 'LRT', showModal() {} });
 */
export function extend(
  this: PlatformClass,
  members: Record<string, unknown> = {},
  statics: Record<string, unknown> = {},
): PlatformClass {
  const { initialize, ...rest } = members;
  const initialized = new WeakSet<object>();
  class Extended extends this {
    constructor(...args: never[]) {
      super(...args);
      if (typeof initialize !== 'function' || initialized.has(this)) return;
      // A class that extends this one may have an `initialize` of its own.
      const method: unknown = Reflect.get(this, 'initialize');
      if (typeof method === 'function') Reflect.apply(method, this, args);
    }
  }
  for (const [name, member] of Object.entries(rest)) define(Extended.prototype, name, member);
  if (typeof initialize === 'function') {
    define(Extended.prototype, 'initialize', function (this: object, ...args: unknown[]) {
      initialized.add(this);
      return Reflect.apply(initialize, this, args);
    });
  }
  return Object.assign(Extended, statics);
}

function define(prototype: object, name: string, value: unknown): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}
