/** Reading what a host gives: it may have less than its documents say, or something else. */

export type Fields = Readonly<Record<string, unknown>>;
export type Method = (...args: unknown[]) => unknown;

export function isObject(value: unknown): value is Fields {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A field of whatever was given; undefined where there is none. */
export function fieldOf(given: unknown, name: string): unknown {
  return isObject(given) ? given[name] : undefined;
}

/** A method, bound to the object that has it; undefined where there is none. */
export function methodOf(given: unknown, name: string): Method | undefined {
  const method = fieldOf(given, name);
  return typeof method === 'function' ? (...args) => Reflect.apply(method, given, args) : undefined;
}

export function textOf(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** Returns the call's value, or undefined if the call throws. */
export function attempt<Value>(call: () => Value): Value | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
