/** The run that the harness shows as a page: it stands in the address, so that a link, a reload and Back lead to it. */
import { useSyncExternalStore } from 'react';
import type { RunAddress } from '../../src/monitor/index.ts';
import { addressChanged, onAddress } from '../pageAddress.ts';

/** The entries of the history that this page has made: Back leaves the page's own steps only. */
let steps = 0;

/** The whole address of a run, with everything else that stands in the address now, such as the monitor's filter. */
export function linkToRun({ run, with: other }: RunAddress): string {
  const url = new URL(location.href);
  url.searchParams.set('run', run);
  if (other === undefined) url.searchParams.delete('with');
  else url.searchParams.set('with', other);
  return url.href;
}

/** Shows a run, or the comparison of two. Another B in the same comparison takes the place of the one before. */
export function openRun(address: RunAddress): void {
  const { searchParams } = new URL(location.href);
  const isSameStep =
    searchParams.has('with') && address.with !== undefined && searchParams.get('run') === address.run;
  if (isSameStep) history.replaceState(history.state, '', linkToRun(address));
  else {
    history.pushState({ ...history.state, step: steps + 1 }, '', linkToRun(address));
    steps += 1;
  }
  addressChanged();
}

/** Goes back to where the run was opened from; to the map where a link led here. */
export function leaveRun(): void {
  if (steps > 0 && history.state?.step !== undefined) {
    steps -= 1;
    history.back();
    return;
  }
  const url = new URL(location.href);
  url.searchParams.delete('run');
  url.searchParams.delete('with');
  history.replaceState(history.state, '', url.href);
  addressChanged();
}

/** The run in the address; undefined: the page shows the map. */
export function useRunAddress(): RunAddress | undefined {
  const search = useSyncExternalStore(onAddress, () => location.search);
  const params = new URLSearchParams(search);
  const run = params.get('run');
  const other = params.get('with');
  return run ? { run, ...(other !== null && { with: other }) } : undefined;
}
