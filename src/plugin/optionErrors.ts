// Checks the options of plugins for those who write them: an error names the option, what it was and what it should be.

/** Checks of options, as of one plugin. */
export interface OptionErrors {
  /** Throws for an option of another name: it names the one that was meant or, where none is near, all of them. */
  checkNames(given: Record<string, unknown>, names: readonly string[]): void;
  /** Throws for an option that is given and no function. */
  checkFunctions(given: Record<string, unknown>, names: readonly string[]): void;
  /** Throws for an object that lacks methods. */
  checkMethods(name: string, value: unknown, methods: readonly string[]): void;
  /** Throws for words that are no object of texts. */
  checkMessages(value: unknown): void;
  fail(option: string, expected: string, got: unknown): never;
}

/** The checks of one plugin. @param plugin its name, for the messages */
export function optionErrors(plugin: string): OptionErrors {
  const fail = (option: string, expected: string, got: unknown): never => {
    const shown = typeof got === 'string' ? `'${got}'` : JSON.stringify(got);
    throw new TypeError(`${plugin}: option '${option}' must be ${expected}, and is ${shown ?? String(got)}`);
  };
  return {
    fail,
    checkNames(given, names) {
      for (const name of Object.keys(given)) {
        if (names.includes(name)) continue;
        throw new TypeError(`${plugin}: there is no option '${name}': ${fixFor(name, names)}`);
      }
    },
    checkFunctions(given, names) {
      for (const name of names) {
        const value = given[name];
        if (value !== undefined && typeof value !== 'function') fail(name, 'a function', value);
      }
    },
    checkMethods(name, value, methods) {
      const missing = methods.filter((method) => !hasMethod(value, method));
      if (value === undefined || missing.length === 0) return;
      fail(name, `an object with the methods ${methods.join(', ')}`, `one without ${missing.join(', ')}`);
    },
    checkMessages(value) {
      if (value !== undefined && !isTexts(value))
        fail('messages', 'an object of texts by message key', value);
    },
  };
}

function fixFor(name: string, names: readonly string[]): string {
  const near = names
    .map((known) => ({ known, edits: editsBetween(name.toLowerCase(), known.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  return near && near.edits <= 3 ? `use '${near.known}'` : `use one of ${names.join(', ')}`;
}

/** Counts the letters that have to be added, left out or replaced to make one word of the other (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (const [index, other] of [...to].entries()) {
      const replaced = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';
}

function isTexts(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}
