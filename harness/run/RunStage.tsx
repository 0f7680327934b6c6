import { useState } from 'react';
import type { SystemClient } from '../../src/client/SystemClient.ts';
import type { HostMap } from '../../src/host/index.ts';
import { RunComparePage, RunPage } from '../../src/monitor/index.ts';
import { Frame } from '../monitor/MonitorStage.tsx';
import { runPacks } from './runPacks.ts';

export interface RunStageProps {
  /** Serves the run that is shown, "run-12" unless `taskId` says another. */
  make(): SystemClient;
  language: string;
  theme: 'light' | 'dark';
  taskId?: string;
  /** The run that it is compared with; empty: nobody has chosen it yet. */
  withId?: string;
  user?: string;
  width?: number | string;
  height?: number;
  /** The page has a map, which stays empty here. */
  hasMap?: boolean;
}

/** A map that moves nowhere. */
const HOST: HostMap = { getBounds: () => [10, 48, 11, 49], fitBounds() {}, zoomTo() {} };
const MAP = { host: HOST, view: <div style={{ flex: 1, background: '#8883' }} /> };
const noop = () => undefined;

/** The page of a run, or of two compared, in a box as large as a host gives it, on a scripted server. */
export function RunStage({
  make,
  language,
  theme,
  taskId = 'run-12',
  withId,
  width = '100%',
  height = 728,
  hasMap = false,
  ...page
}: RunStageProps) {
  const [system] = useState(make);
  const props = {
    ...page,
    app: {},
    system,
    taskId,
    language,
    packs: runPacks,
    map: hasMap ? MAP : undefined,
    linkTo: () => 'https://planner.example/?run=run-12',
    onOpen: noop,
    onBack: noop,
  };
  return (
    <Frame language={language} theme={theme}>
      <div style={{ width, height, overflow: 'hidden', outline: '1px solid #8888' }}>
        {withId === undefined ? (
          <RunPage {...props} figures={['connections', 'poles', 'cableLengthMetres']} />
        ) : (
          <RunComparePage {...props} withId={withId} />
        )}
      </div>
    </Frame>
  );
}
