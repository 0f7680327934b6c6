/** The page of a workflow's run: the page's own map, and below it the run view over the whole width. */
import { theme } from 'antd';
import type { TaskSnapshot } from '../../contract/index.ts';
import type { RunFeed } from '../run/RunFeed.ts';
import type { RunPageProps } from '../run/runPageProps.ts';
import { RunPanel } from './RunPanel.tsx';
import { WorkflowWordsProvider } from './WorkflowWordsProvider.tsx';

export interface WorkflowPageProps extends RunPageProps {
  feed: RunFeed;
  task: TaskSnapshot;
}

export function WorkflowPage({ map, ...props }: WorkflowPageProps) {
  const { token } = theme.useToken();
  const { app, packs, language } = props;
  return (
    <WorkflowWordsProvider {...{ app, packs, language }}>
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          height: '100%',
          minHeight: 0,
          background: token.colorBgContainer,
        }}
      >
        {map ? (
          <div style={{ position: 'relative', display: 'flex', flex: 1, minHeight: 0 }}>{map.view}</div>
        ) : null}
        <RunPanel {...props} map={map?.host} docked={map !== undefined} isMapOwn />
      </div>
    </WorkflowWordsProvider>
  );
}
