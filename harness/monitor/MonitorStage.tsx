import { ConfigProvider } from 'antd';
import { type ReactNode, useState } from 'react';
import { type HostMap, themes } from '../../src/host/index.ts';
import { directionOf } from '../../src/locales/language.ts';
import { TaskMonitor, type TaskMonitorProps } from '../../src/monitor/index.ts';
import type { MonitorSystem } from './monitorSystem.ts';

export interface MonitorStageProps extends Partial<TaskMonitorProps> {
  make(): MonitorSystem;
  language: string;
  theme: 'light' | 'dark';
  width?: number | string;
  height?: number;
}

/** A map that moves nowhere. */
const MAP: HostMap = { getBounds: () => [10, 48, 11, 49], fitBounds() {}, zoomTo() {} };

/** The monitor alone, in a box as large as the column of a host, on a scripted server. */
export function MonitorStage({
  make,
  language,
  theme,
  width = 408,
  height = 728,
  ...monitor
}: MonitorStageProps) {
  const [system] = useState(make);
  return (
    <Frame language={language} theme={theme}>
      <div style={{ width, height, outline: '1px solid #8888' }}>
        <TaskMonitor
          app={{ system: system.client, map: MAP }}
          language={language}
          onClose={() => undefined}
          onVariant={() => undefined}
          onOpenRun={() => undefined}
          {...monitor}
        />
      </div>
    </Frame>
  );
}

/** antd's theme and direction of a host. */
export function Frame({
  language,
  theme,
  children,
}: Pick<MonitorStageProps, 'language' | 'theme'> & { children: ReactNode }) {
  return (
    <ConfigProvider theme={themes[theme]} direction={directionOf(language)}>
      <div dir={directionOf(language)}>{children}</div>
    </ConfigProvider>
  );
}
