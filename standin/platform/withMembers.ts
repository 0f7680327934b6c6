/**
 * An object in front of another: the members of `more`, and for all else the other's own, called on it, so that it may
 * keep to itself what it works with.
 */
export function inFrontOf<Target extends object, More extends object>(
  target: Target,
  more: More,
): Target & More {
  const bound = new Map<unknown, unknown>();
  const proxy: unknown = new Proxy(target, {
    has: (_, key) => key in more || key in target,
    get(_, key) {
      if (Object.hasOwn(more, key)) return Reflect.get(more, key);
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || key === 'constructor') return value;
      // The same function each time, as of any object.
      if (!bound.has(value)) bound.set(value, value.bind(target));
      return bound.get(value);
    },
  });
  return proxy as Target & More;
}
