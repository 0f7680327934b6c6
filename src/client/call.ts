/** Arguments of each handler, by its name. */
export type Calls<Handlers> = {
  [Name in keyof Handlers]-?: NonNullable<Handlers[Name]> extends (...args: infer Args) => void
    ? Args
    : never;
};

/** Handlers, written so that the arguments are known to fit the name. */
export type Callable<Calls extends { [Name in keyof Calls]: unknown[] }> = {
  [Name in keyof Calls]?: ((...args: Calls[Name]) => void) | undefined;
};

/**
 * Calls a handler that somebody else wrote, where there is one. What it throws becomes an uncaught error of the page
 * or process, as if the platform had called it; it never ends the stream or keeps another handler from being called.
 */
export function call<All extends { [Name in keyof All]: unknown[] }, Name extends keyof All>(
  handlers: Callable<All>,
  name: Name,
  ...args: All[Name]
): void {
  try {
    handlers[name]?.(...args);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
