/** What the platform has and the stand-in has not: it may be imported, extended and handed on, but not used. */
export type Absent = (new (...args: never[]) => object) & ((...args: never[]) => never);

const HINT = 'give the plugin one of your own in this test, or run it on the real platform';

// What is asked of any function: by React before it renders one, by `await`, by a test runner that prints it.
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
]);

/**
 * Throws, naming what was used, once it is called, constructed or rendered. So does what is read from it:
 * `absent('wfm').store.dispatch()` says 'wfm.store.dispatch'.
 */
export function absent(name: string): Absent {
  function AbsentFromStandIn(): never {
    throw new Error(`not in the stand-in host: ${name}; ${HINT}`);
  }
  // What classes of the platform do while a module is loaded.
  const statics = { mergeOptions() {}, include() {} };
  Object.defineProperty(AbsentFromStandIn, 'name', { value: name });
  const proxy: unknown = new Proxy(Object.assign(AbsentFromStandIn, statics), {
    get(target, key, receiver) {
      // A class that extends it has members of its own, or none.
      const isOwn = typeof key !== 'string' || key in target || receiver !== proxy;
      if (isOwn || ASKED_OF_ALL.has(key)) return Reflect.get(target, key, receiver);
      return absent(`${name}.${key}`);
    },
  });
  return proxy as Absent;
}

/** An object of the platform: anything may be read from it, and says what is missing once it is called. */
export function absentObject(name: string): Record<string, Absent | undefined> {
  return new Proxy<Record<string, Absent | undefined>>(
    {},
    // Not a promise, and nothing that a test runner asks to print it.
    { get: (_, key) => (typeof key === 'string' && key !== 'then' ? absent(`${name}.${key}`) : undefined) },
  );
}
