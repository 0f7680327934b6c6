/** A member of the platform that the stand-in does not have: a plugin may import, extend and hand it on, but not use it. */
export type NotImplemented = (new (...args: never[]) => object) & ((...args: never[]) => never);

const HINT = 'give the plugin one of your own in this test, or run it on the real platform';

// Any function is asked for these: by React before it renders one, by `await`, by a test runner that prints it.
const ASKED_OF_ALL = new Set([
  'then',
  'toJSON',
  'nodeType',
  'displayName',
  'defaultProps',
  'propTypes',
  'contextType',
  'contextTypes',
  'childContextTypes',
  'getDerivedStateFromProps',
  '$$typeof',
]);

/**
 * A member that throws an error with its name once a plugin calls it, constructs it, renders it, or uses it as a number
 * or a text. A member that is read from it does the same.
 *
 * @example notImplemented('wfm').store.dispatch() // throws 'not in the stand-in host: wfm.store.dispatch; ...'
 */
export function notImplemented(name: string): NotImplemented {
  function refuse(): never {
    throw new Error(`not in the stand-in host: ${name}; ${HINT}`);
  }
  function NotInStandIn(): never {
    return refuse();
  }
  // Classes of the platform call these while their module is loaded.
  const statics = { mergeOptions() {}, include() {}, extend: () => notImplemented(name) };
  Object.defineProperty(NotInStandIn, 'name', { value: name });
  const proxy: unknown = new Proxy(Object.assign(NotInStandIn, statics), {
    get(target, key, receiver) {
      if (key === Symbol.toPrimitive && receiver === proxy) return refuse;
      // A class that extends it has members of its own, or none.
      const isOwn = typeof key !== 'string' || key in target || receiver !== proxy;
      if (isOwn || ASKED_OF_ALL.has(key)) return Reflect.get(target, key, receiver);
      return notImplemented(`${name}.${key}`);
    },
  });
  return proxy as NotImplemented;
}

/** An object of the platform: a plugin may read any member of it, and a member says what is missing once it is called. */
export function notImplementedObject(name: string): Record<string, NotImplemented | undefined> {
  return new Proxy<Record<string, NotImplemented | undefined>>(
    {},
    {
      // It is no promise, and it has nothing that a test runner asks for to print it.
      get: (_, key) =>
        typeof key === 'string' && !ASKED_OF_ALL.has(key) ? notImplemented(`${name}.${key}`) : undefined,
    },
  );
}
