/** The table below the map: it stands in the address, so that a reload and a link find it again. */
import { useSyncExternalStore } from 'react';
import { addressChanged, onAddress } from '../pageAddress.ts';

const KEY = 'table';
const IN_VIEW = 'view';

/** The table lists the features that the map shows, or those that one run has built. */
export type Listed = { kind: 'view' } | { kind: 'run'; run: string };

/** Opens the table with what a run has built, or with what is in view; undefined closes it. */
export function openTable(listed: Listed | undefined): void {
  const url = new URL(location.href);
  if (listed) url.searchParams.set(KEY, listed.kind === 'run' ? listed.run : IN_VIEW);
  else url.searchParams.delete(KEY);
  history.replaceState(history.state, '', url.href);
  addressChanged();
}

/** Says what the table lists; undefined: it is closed. */
export function useTableAddress(): Listed | undefined {
  const shown = useSyncExternalStore(onAddress, () => new URLSearchParams(location.search).get(KEY));
  if (!shown) return undefined;
  return shown === IN_VIEW ? { kind: 'view' } : { kind: 'run', run: shown };
}
