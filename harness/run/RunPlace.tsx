/** The place of the host page that shows a run, or two runs compared, with a map of its own. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type HostFeature, hostFeature } from '../../src/host/index.ts';
import { type RunAddress, RunComparePage, type RunMap, RunPage } from '../../src/monitor/index.ts';
import type { HostSession } from '../HostSession.ts';
import { isInView } from '../map/isInView.ts';
import { MapView } from '../map/MapView.tsx';
import type { NetworkMap } from '../map/NetworkMap.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { HostTable } from '../table/HostTable.tsx';
import { openTable, useTableAddress } from '../table/tableAddress.ts';
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
  const listed = useTableAddress();
  const isTable = listed?.kind === 'run' && listed.run === address.run;
  const [selected, setSelected] = useState<string>();
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const select = useCallback(
    (feature: HostFeature | null) => {
      map?.highlight(feature);
      setSelected(feature?.getUrn());
      if (feature && map && !isInView(feature, map.getBounds())) map.zoomTo(feature);
    },
    [map],
  );
  useEffect(() => {
    if (map) map.onSelect = (hits, at = 0) => select(hits[at] ?? null);
  }, [map, select]);
  const shown = useMemo<RunMap | undefined>(
    () =>
      map && {
        host: map,
        view: (
          <div className="host-map">
            <MapView map={map} msg={msg} />
            {isTable && (
              <HostTable
                session={session}
                map={map}
                listed={{ kind: 'run', run: address.run }}
                content={state}
                selected={selected}
                onSelect={(feature) => select(hostFeature(feature))}
                onClose={() => openTable(undefined)}
                msg={msg}
              />
            )}
          </div>
        ),
      },
    [map, msg, isTable, session, address.run, state, selected, select],
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
          onTable={({ id }) => openTable({ kind: 'run', run: id })}
          figures={['connections', 'poles', 'cableLengthMetres']}
        />
      ) : (
        <RunComparePage {...page} withId={address.with} loadFeatures={loadFeatures} />
      )}
    </div>
  );
}
