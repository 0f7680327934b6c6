import { useCallback, useSyncExternalStore } from 'react';
import type { ButtonStatus } from './contract.ts';
import type { HostPlugin } from './Plugin.ts';

/** The status of a plugin's buttons; renders again when it changes. Undefined for a plugin that has none to show. */
export function useButtonStatus({ buttonStatus }: HostPlugin): ButtonStatus | undefined {
  const subscribe = useCallback(
    (changed: () => void) => buttonStatus?.subscribe(changed) ?? (() => {}),
    [buttonStatus],
  );
  const read = () => buttonStatus?.getState();
  return useSyncExternalStore(subscribe, read, read);
}

/** 'Label poles: 42%': a button's accessible name. */
export function titleWithStatus(title: string, status: ButtonStatus | undefined): string {
  return status ? `${title}: ${status.text}` : title;
}
