/** The place of the host page that shows a run, or two runs compared, with a map of its own. */
import { useEffect, useMemo, useState } from 'react';
import { type RunAddress, RunComparePage, type RunMap, RunPage } from '../../src/monitor/index.ts';
import type { HostSession } from '../HostSession.ts';
import { MapView } from '../map/MapView.tsx';
import type { NetworkMap } from '../map/NetworkMap.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { loadBuiltFeatures } from './builtFeatures.ts';
import { leaveRun, linkToRun, openRun } from './runAddress.ts';
import { runPacks } from './runPacks.ts';

export interface RunPlaceProps {
  session: HostSession;
  address: RunAddress;
  msg: HarnessMsg;
}

export function RunPlace({ session, address, msg }: RunPlaceProps) {
  const [map, setMap] = useState<NetworkMap>();
  useEffect(() => {
    const own = session.openMap();
    setMap(own.map);
    return () => own.close();
  }, [session]);
  const shown = useMemo<RunMap | undefined>(
    () => map && { host: map, view: <MapView map={map} msg={msg} /> },
    [map, msg],
  );
  const loadFeatures = useMemo(() => loadBuiltFeatures(session.backend), [session]);
  const { system } = session.app;
  if (!shown || !system) return null;
  const page = {
    app: session.app,
    system,
    taskId: address.run,
    map: shown,
    packs: runPacks,
    linkTo: linkToRun,
    onOpen: openRun,
    onBack: leaveRun,
  };
  return (
    <div className="host-run">
      {address.with === undefined ? (
        <RunPage
          {...page}
          loadFeatures={loadFeatures}
          figures={['connections', 'poles', 'cableLengthMetres']}
        />
      ) : (
        <RunComparePage {...page} withId={address.with} loadFeatures={loadFeatures} />
      )}
    </div>
  );
}
