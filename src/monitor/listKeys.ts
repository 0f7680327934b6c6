import type { KeyboardEvent } from 'react';
import type { ListLayout } from './listLayout.ts';

/** The keys of the list call these. */
export interface ListKeys {
  layout: ListLayout;
  /** The index of the row that has the focus. */
  at: number;
  /** The height of the part that is seen, in CSS pixels. */
  pageHeight: number;
  goTo(index: number): void;
  onOpen(id: string): void;
  onDelete(id: string): void;
  onToggle(id: string, range: boolean): void;
  onSearch(): void;
}

/**
 * The keyboard of the list: Up, Down, Home, End and the Page keys walk the rows, Right and Left enter and leave the buttons
 * of a row, Enter opens it, Space selects it, Delete asks to cancel it, and `/` goes to the search.
 */
export function listKey(event: KeyboardEvent<HTMLElement>, keys: ListKeys): void {
  const { target } = event;
  if (event.defaultPrevented || !(target instanceof HTMLElement) || event.altKey || event.metaKey) return;
  // A menu of a row is elsewhere in the page, and has its own keys.
  const row = target.closest<HTMLElement>('[data-task]');
  if (!event.currentTarget.contains(target) || !row) return;
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  const forward = isRtl ? 'ArrowLeft' : 'ArrowRight';
  const back = isRtl ? 'ArrowRight' : 'ArrowLeft';
  if (event.key === forward || event.key === back) {
    event.preventDefault();
    moveInside(row, target, event.key === forward ? 1 : -1);
    return;
  }
  const to = walk(event.key, keys);
  if (to !== undefined) {
    event.preventDefault();
    keys.goTo(to);
    return;
  }
  const id = row.dataset.task;
  if (id === undefined) return;
  if (event.key === '/') {
    event.preventDefault();
    keys.onSearch();
    return;
  }
  // A button of the row has the focus: these keys are its own.
  if (target !== row) return;
  if (event.key === 'Enter') keys.onOpen(id);
  else if (event.key === 'Delete') keys.onDelete(id);
  else if (event.key === ' ') keys.onToggle(id, event.shiftKey);
  else return;
  event.preventDefault();
}

/** The index of the row that a key leads to. */
function walk(key: string, { layout, at, pageHeight }: ListKeys): number | undefined {
  const last = layout.rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
    case 'PageUp': {
      const step = key === 'PageDown' ? 1 : -1;
      let [to, left] = [at, pageHeight];
      while (to + step >= 0 && to + step <= last) {
        left -= layout.rows[to]?.height ?? 0;
        if (left < 0) break;
        to += step;
      }
      return to;
    }
    default:
      return undefined;
  }
}

/** Goes to the next button of the row; before the first one is the row itself. */
function moveInside(row: HTMLElement, from: HTMLElement, step: number): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('input, button:not([data-name])')];
  const at = stops.indexOf(from);
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
}
