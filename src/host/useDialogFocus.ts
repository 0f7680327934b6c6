import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Focus goes into a dialog when it appears, and back to where it was when the dialog goes away with the focus in it.
 * In between it is free to leave: the dialog is not modal.
 */
export function useDialogFocus(dialog: RefObject<HTMLElement | null>): void {
  const opener = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const node = dialog.current;
    if (!node) return;
    const active = document.activeElement;
    if (!node.contains(active)) {
      opener.current = active instanceof HTMLElement && active !== document.body ? active : null;
      node.focus({ preventScroll: true });
    }
    return () => {
      if (!node.contains(document.activeElement)) return;
      // The dialog is still there now. If it is not, a moment later, then the focus fell to the body.
      queueMicrotask(() => {
        if (document.activeElement === document.body) opener.current?.focus({ preventScroll: true });
      });
    };
  }, [dialog]);
}
