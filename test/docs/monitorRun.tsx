import type { HostApplication } from 'lrt-plugin/host';
import { type RunAddress, RunComparePage, type RunMap, RunPage } from 'lrt-plugin/monitor';
import type { SystemClient } from 'lrt-plugin/parts';

interface RunProps {
  app: HostApplication;
  system: SystemClient;
  /** From your router: `?run=12`, or `?run=12&with=9` for a comparison. */
  address: RunAddress;
  onOpen(address: RunAddress): void;
  onBack(): void;
  /** A map of the page's own, if it should have one. */
  map?: RunMap;
}

const packs = { en: { task_label_poles: 'Label poles', result_labelled: 'Poles labelled' } };

export function Run({ address, ...page }: RunProps) {
  const { run, with: withId } = address;
  return withId === undefined ? (
    <RunPage {...page} taskId={run} packs={packs} figures={['labelled']} />
  ) : (
    <RunComparePage {...page} taskId={run} withId={withId} packs={packs} />
  );
}
