import { useEffect, useState } from 'react';
import { HostStage } from '../host/HostStage.tsx';
import { MapView } from '../map/MapView.tsx';
import { NetworkMap } from '../map/NetworkMap.ts';
import { harnessMsg } from '../messages/messages.ts';
import { BOX_FEATURE, BUILT, FACTS } from './exampleFacts.ts';

interface LineStageProps {
  language: string;
  theme: 'light' | 'dark';
}

/** A map with the line of an address to its feed. */
export function LineStage({ language, theme }: LineStageProps) {
  const [map, setMap] = useState<NetworkMap>();
  useEffect(() => {
    const opened = new NetworkMap(theme, async () => undefined);
    const of = (...tables: string[]) => BUILT.filter(({ properties: { table } }) => tables.includes(table));
    void opened
      .show({
        wallBox: of('wall_box'),
        equipment: of('fiber_splitter', 'fiber_odf'),
        cable: of('fiber_cable'),
        route: of('oh_route'),
      })
      .then(() => {
        opened.showAll();
        opened.highlight(BOX_FEATURE);
        opened.path.show(
          FACTS.trace.lines.flatMap(({ steps }) =>
            steps.flatMap((step) => (step.kind === 'cable' ? step.path : [])),
          ),
        );
      });
    setMap(opened);
    return () => opened.dispose();
  }, [theme]);
  return (
    <HostStage language={language} theme={theme}>
      <div className="host-map" style={{ height: 520 }}>
        {map && <MapView map={map} msg={harnessMsg(language)} />}
      </div>
    </HostStage>
  );
}
