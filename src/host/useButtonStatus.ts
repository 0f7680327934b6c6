import { useCallback, useSyncExternalStore } from 'react';
import type { ButtonStatus } from './contract.ts';
import type { HostPlugin } from './Plugin.ts';

/**
 * The status that a button shows; renders again when it changes. It stands on the first of a plugin's `buttons`: on a
 * second one, such as "Stop", it would say that this button is at 42%. Undefined where there is nothing to show.
 */
export function useButtonStatus(plugin: HostPlugin, button: object): ButtonStatus | undefined {
  const [First] = Object.values(plugin.buttons ?? {});
  // A palette has the prototype of a button and makes no instance of it.
  const isFirst = First !== undefined && (button === First.prototype || button instanceof First);
  const buttonStatus = isFirst ? plugin.buttonStatus : undefined;
  const subscribe = useCallback(
    (changed: () => void) => buttonStatus?.subscribe(changed) ?? (() => {}),
    [buttonStatus],
  );
  const read = () => buttonStatus?.getState();
  return useSyncExternalStore(subscribe, read, read);
}

/** 'Label poles: 42%': a button's accessible name. */
export function titleWithStatus(title: string, status: ButtonStatus | undefined): string {
  if (status?.badge) return status.text;
  return status ? `${title}: ${status.text}` : title;
}
