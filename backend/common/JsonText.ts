/**
 * A JSON value that is at hand as a value or as its text. The other form is made each time when somebody
 * asks for it. So a text can pass through a process that needs nothing of its content.
 */
export interface Json<T> {
  readonly value: T;
  readonly text: string;
}

/**
 * Wraps a value. It must not be changed afterwards, and JSON.stringify must give a text for it.
 *
 * @example
 * jsonOfValue([1, 2]).text; // '[1,2]'
 */
export function jsonOfValue<T>(value: T): Json<T> {
  return {
    value,
    get text() {
      return JSON.stringify(value);
    },
  };
}

/**
 * Wraps the text of a value that this project wrote as T. `value` throws a SyntaxError where the text is no JSON.
 *
 * @example
 * jsonOfText<number[]>('[1,2]').value; // [1, 2]
 */
export function jsonOfText<T>(text: string): Json<T> {
  return {
    text,
    get value(): T {
      return JSON.parse(text);
    },
  };
}

/**
 * Joins lists into one, of texts as of values. The text of each list is written without spaces around its brackets, as
 * JSON.stringify does.
 *
 * @example
 * joinJson([jsonOfText<number[]>('[1,2]'), jsonOfValue([3])]).text; // '[1,2,3]'
 */
export function joinJson<Item>(lists: readonly Json<Item[]>[]): Json<Item[]> {
  return {
    get value() {
      return lists.flatMap(({ value }) => value);
    },
    get text() {
      const items = lists.map(({ text }) => text.slice(1, -1)).filter((text) => text !== '');
      return `[${items.join(',')}]`;
    },
  };
}
