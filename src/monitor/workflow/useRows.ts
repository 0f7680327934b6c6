/** Rows of which one is the stop of the Tab key: Up, Down, Home and End walk the others. */
import { type KeyboardEvent, useState } from 'react';

export interface Rows {
  /** Goes to the element around the rows. */
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  /** Goes to the button of each row. */
  stopOf(key: string): { 'data-row': string; tabIndex: number; onFocus(): void };
}

export function useRows(keys: readonly string[], chosen: string | undefined): Rows {
  const [walked, setWalked] = useState<string>();
  const stop = [walked, chosen, keys[0]].find((key) => key !== undefined && keys.includes(key));
  return {
    onKeyDown(event) {
      const { target, currentTarget } = event;
      if (!(target instanceof HTMLElement) || target.dataset.row === undefined) return;
      const at = keys.indexOf(target.dataset.row);
      const steps: Record<string, number> = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        Home: 0,
        End: keys.length - 1,
      };
      const key = keys[steps[event.key] ?? -1];
      if (key === undefined) return;
      event.preventDefault();
      const row = [...currentTarget.querySelectorAll<HTMLElement>('[data-row]')].find(
        ({ dataset }) => dataset.row === key,
      );
      row?.focus();
    },
    stopOf: (key) => ({ 'data-row': key, tabIndex: key === stop ? 0 : -1, onFocus: () => setWalked(key) }),
  };
}
