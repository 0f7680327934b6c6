/** The pages of runs, for an application. Each is fetched when it is first shown, with its words. */
import { Button } from 'antd';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslator } from '../../parts/MessagesContext.ts';
import { Notice } from '../../parts/Notice.tsx';
import type { LogPanelProps } from './LogPanel.tsx';
import type { RunComparePageProps } from './RunComparePage.tsx';
import type { RunPageProps } from './runPageProps.ts';

export type { LogLine, LogPanelProps } from './LogPanel.tsx';
export type { RunComparePageProps } from './RunComparePage.tsx';
export type { LoadFeatures, RunAddress, RunFeatures, RunMap, RunPageProps } from './runPageProps.ts';

/**
 * A run as a page: outcome, map, log, items, result, parameters and attempts. It is fetched when it is first shown.
 *
 * @example
 * <RunPage app={app} system={app.system} taskId="task-12" map={{ host: map, view: <MapView map={map} /> }} onBack={close} />
 */
export const RunPage = /* @__PURE__ */ fetched<RunPageProps>(() =>
  import('./RunPage.tsx').then((module) => module.RunPage),
);

/**
 * Two runs of one task side by side: parameters, results, and the difference on the map.
 *
 * @example
 * <RunComparePage app={app} system={app.system} taskId="task-12" withId="task-9" map={map} onOpen={openAddress} />
 */
export const RunComparePage = /* @__PURE__ */ fetched<RunComparePageProps>(() =>
  import('./RunComparePage.tsx').then((module) => module.RunComparePage),
);

/**
 * The log of a task, for a panel or a page of one's own: tens of thousands of lines that scroll, with search, levels and
 * download.
 *
 * @example
 * <LogPanel app={app} lines={task.logs} live fileName={task.id} />
 */
export const LogPanel = /* @__PURE__ */ fetched<LogPanelProps>(() =>
  import('./LogPanel.tsx').then((module) => module.LogPanel),
);

/**
 * A component that is fetched when it is shown. Where that fails, as without a network or after the application was
 * published again, it says so and offers to try again: a page without content would explain nothing.
 */
function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => React.JSX.Element | null {
  let Loaded: ComponentType<Props> | undefined;
  return function Fetched(props) {
    const [{ failed, tries }, setState] = useState({ failed: false, tries: 0 });
    // biome-ignore lint/correctness/useExhaustiveDependencies: another try loads again.
    useEffect(() => {
      if (Loaded) return;
      let current = true;
      const show = (isFailed: boolean) => {
        if (current) setState((before) => ({ ...before, failed: isFailed }));
      };
      load().then(
        (component) => {
          Loaded = component;
          show(false);
        },
        () => show(true),
      );
      return () => {
        current = false;
      };
    }, [tries]);
    if (Loaded) return <Loaded {...props} />;
    return failed ? <NotFetched onAgain={() => setState({ failed: false, tries: tries + 1 })} /> : null;
  };
}

function NotFetched({ onAgain }: { onAgain(): void }) {
  const { find, msg } = useTranslator();
  return (
    <Notice kind="error" urgent title={find('error_network') ?? msg('connection_closed')}>
      <Button size="small" onClick={onAgain}>
        {msg('retry')}
      </Button>
    </Notice>
  );
}
