/**
 * A proxy of an object with more members. Every other member is the object's own and is called on the object, so that an
 * object with private fields goes on to work.
 *
 * @example withMembers(client, { settings: { theme: 'dark' } }).enqueueTask('count', {})
 */
export function withMembers<Target extends object, More extends object>(
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
      // A method is the same function each time it is read, as it is of any object.
      if (!bound.has(value)) bound.set(value, value.bind(target));
      return bound.get(value);
    },
  });
  return proxy as Target & More;
}
