// Says to the other things over a map how much of its lower edge a docked sheet covers, so that they stand above it.
import { useLayoutEffect } from 'react';

/** A custom property of the map's element: the height that sheets cover at its lower edge. Absent where there is none. */
const PROPERTY = '--lrt-sheet-height';

/** The heights of the open sheets, by the element that they cover. In CSS pixels. */
const sheets = new WeakMap<HTMLElement, Map<object, number>>();

/**
 * Keeps the room of a sheet free while it is open: notices of the map stand above it.
 *
 * @param element the element of the map, or of the application where there is no map
 * @param heightPx what the sheet covers at the lower edge of the element; 0 for a window that is no sheet
 * @example useSheetRoom(map, isCard ? 0 : 222);
 */
export function useSheetRoom(element: HTMLElement, heightPx: number): void {
  useLayoutEffect(() => {
    if (heightPx === 0) return;
    const sheet = {};
    const open = sheets.get(element) ?? new Map<object, number>();
    sheets.set(element, open);
    const write = () => {
      if (open.size === 0) element.style.removeProperty(PROPERTY);
      else element.style.setProperty(PROPERTY, `${Math.max(...open.values())}px`);
    };
    open.set(sheet, heightPx);
    write();
    return () => {
      open.delete(sheet);
      write();
    };
  }, [element, heightPx]);
}
