/** The methods of jQuery UI's dialog that plugins call by `$el.dialog(...)`. */
export interface DialogWidget {
  open(): void;
  close(): void;
  destroy(): void;
  isOpen(): boolean;
  /** The whole dialog with its title bar and buttons; undefined before it was opened. */
  frame(): HTMLElement | undefined;
  getOption(name: string): unknown;
  setOption(name: string, value: unknown): void;
}

/** The methods of jQuery UI's button that plugins call by `$el.find('button').button(...)`. */
export interface ButtonWidget {
  setDisabled(disabled: boolean): void;
  setText(text: string): void;
}

/** The dialog whose contents are in an element. */
export const dialogWidgets = new WeakMap<Element, DialogWidget>();

/** The button of a dialog that an element shows. */
export const buttonWidgets = new WeakMap<Element, ButtonWidget>();

/** Each gives up what is rendered into an element. A dialog that is destroyed calls those of its elements. */
export const disposers = new WeakMap<Element, () => void>();

/** Gives up everything that is rendered inside of an element. */
export function disposeInside(element: Element): void {
  for (const inner of element.querySelectorAll('*')) disposers.get(inner)?.();
}
