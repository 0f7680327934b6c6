import { useState } from 'react';
import type { SystemClient } from '../../src/client/SystemClient.ts';
import type { HostMap } from '../../src/host/index.ts';
import { RunPage, WorkflowView, type WorkflowViewProps } from '../../src/monitor/index.ts';
import { Frame } from '../monitor/MonitorStage.tsx';
import { runPacks } from '../run/runPacks.ts';
import { RUN_ID } from './planAndConnect.ts';

export interface WorkflowStageProps extends Partial<Pick<WorkflowViewProps, 'docked' | 'user'>> {
  make(): SystemClient;
  language: string;
  theme: 'light' | 'dark';
  width?: number | string;
  height?: number;
  /** It is the page of the run, with a map that stays empty here. */
  isPage?: boolean;
}

/** A map that moves nowhere. */
const HOST: HostMap = { getBounds: () => [10, 48, 11, 49], fitBounds() {}, zoomTo() {} };
const MAP = { host: HOST, view: <div style={{ flex: 1, background: '#8883' }} /> };

/** The run view of a workflow, in a box as large as a host gives it, on a scripted server. */
export function WorkflowStage({
  make,
  language,
  theme,
  width = '100%',
  height = 404,
  ...props
}: WorkflowStageProps) {
  const [system] = useState(make);
  const { isPage = false, ...view } = props;
  const shared = { app: {}, system, taskId: RUN_ID, language, packs: runPacks };
  return (
    <Frame language={language} theme={theme}>
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          width,
          height,
          overflow: 'hidden',
          outline: '1px solid #8888',
        }}
      >
        {isPage ? (
          <RunPage {...shared} map={MAP} user="mara" onBack={() => undefined} />
        ) : (
          <WorkflowView {...shared} {...view} />
        )}
      </div>
    </Frame>
  );
}
