import { useEffect, useState } from 'react';
import type { GeoFeature } from '../../src/contract/index.ts';
import { DownloadMenu } from '../../src/handover/DownloadMenu.tsx';
import { MessagesProvider } from '../../src/parts/index.ts';
import type { HostSession } from '../HostSession.ts';
import type { NetworkMap } from '../map/NetworkMap.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { FeatureTable } from './FeatureTable.tsx';
import type { Listed } from './tableAddress.ts';
import { useFeaturesInView } from './useFeaturesInView.ts';
import { useRunResult } from './useRunResult.ts';

interface HostTableProps {
  session: HostSession;
  /** The map below which the table stands. */
  map: NetworkMap;
  listed: Listed;
  /** Absent: the table lists one thing only. */
  onListed?: ((listed: Listed) => void) | undefined;
  /** Another one after the network has changed. */
  content: unknown;
  selected: string | undefined;
  onSelect(feature: GeoFeature): void;
  onClose(): void;
  msg: HarnessMsg;
}

/** The table below a map: of what the map shows, or of what one run has built. */
export function HostTable({ listed, onListed, ...props }: HostTableProps) {
  const { msg } = props;
  // The user comes back to the run that was listed before.
  const [run, setRun] = useState(listed.kind === 'run' ? listed.run : undefined);
  useEffect(() => {
    if (listed.kind === 'run') setRun(listed.run);
  }, [listed]);
  const source =
    onListed && run !== undefined ? (
      <select
        value={listed.kind}
        aria-label={msg('resultsSource')}
        onChange={({ target }) => onListed(target.value === 'run' ? { kind: 'run', run } : { kind: 'view' })}
      >
        <option value="run">{msg('resultsRun')}</option>
        <option value="view">{msg('results')}</option>
      </select>
    ) : (
      <strong>{msg(listed.kind === 'run' ? 'resultsRun' : 'results')}</strong>
    );
  return listed.kind === 'run' ? (
    <OfRun key={listed.run} run={listed.run} source={source} {...props} />
  ) : (
    <InView source={source} {...props} />
  );
}

type PartProps = Omit<HostTableProps, 'listed' | 'onListed'> & { source: React.ReactNode };

function InView({ session: _session, map, content, ...props }: PartProps) {
  const { features, isCut } = useFeaturesInView(map, content);
  return <FeatureTable title={props.msg('results')} features={features} isCut={isCut} {...props} />;
}

const NONE: readonly GeoFeature[] = [];

function OfRun({ session, map: _map, content, run, ...props }: PartProps & { run: string }) {
  const { msg } = props;
  const result = useRunResult(session, run, content);
  const { system } = session.app;
  const features = result.state === 'ready' ? result.features : NONE;
  const note =
    result.state === 'loading'
      ? msg('loading')
      : result.state !== 'ready'
        ? msg(result.state === 'gone' ? 'resultsRunGone' : 'resultsRunLost')
        : features.length === 0
          ? msg('resultsRunNone')
          : undefined;
  return (
    <FeatureTable
      title={msg('resultsRun')}
      features={features}
      isCut={result.state === 'ready' && result.isCut}
      note={note}
      {...(system?.exportTask &&
        features.length > 0 && {
          download: (
            <MessagesProvider app={session.app} group="LRT">
              <DownloadMenu system={system} taskId={run} />
            </MessagesProvider>
          ),
        })}
      {...props}
    />
  );
}
