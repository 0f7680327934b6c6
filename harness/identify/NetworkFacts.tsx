import './identify.css';
import { useEffect, useState } from 'react';
import type { NetworkTrace, Position } from '../../src/contract/index.ts';
import { type HostFeature, useFeatureText } from '../../src/host/index.ts';
import { CableFacts } from './CableFacts.tsx';
import { type FactsProps, nameOf } from './factsProps.ts';
import { LineSteps } from './LineSteps.tsx';
import { PlaceList } from './PlaceList.tsx';
import { PortList } from './PortList.tsx';
import type { FeatureFacts } from './readFacts.ts';

interface NetworkFactsProps extends Pick<FactsProps, 'msg' | 'onFollow'> {
  feature: HostFeature;
  /** The same function as long as it asks the same backend. */
  read(feature: HostFeature): Promise<FeatureFacts | undefined>;
  /** Another one after the network has changed: then it is read again. */
  version?: unknown;
  /** Draws a way on the map, from the address towards the feed. Empty: none. */
  onTrace(path: readonly Position[][]): void;
}

/** The network around the selected feature: its line to the feed, its ports and who is on them, its cables and fibres. */
export function NetworkFacts({ feature, read, version, onTrace, msg, onFollow }: NetworkFactsProps) {
  const words = useFeatureText();
  const { facts, failed } = useFacts(feature, read, version);
  useEffect(() => {
    onTrace(facts ? pathOf(facts) : []);
    return () => onTrace([]);
  }, [facts, onTrace]);
  if (failed) return <p role="alert">{msg('factsFailed')}</p>;
  if (!facts) return null;
  const { relations, trace } = facts;
  const props = { words, msg, onFollow };
  return (
    <div className="facts">
      <LineSteps trace={trace} {...props} />
      <PortList ports={relations.ports} {...props} />
      {relations.cable && <CableFacts cable={relations.cable} {...props} />}
      <PlaceList title={msg('factsInside')} places={relations.houses} {...props} />
      <PlaceList
        title={msg('factsCables')}
        places={relations.cables.map((cable) => ({
          ...cable,
          detail: msg('factsFibresUsed', { used: cable.fibresUsed, count: cable.fibreCount }),
        }))}
        {...props}
      />
      <PlaceList
        title={msg('factsRoutes')}
        places={relations.routes.map(({ to, ...route }) => ({
          ...route,
          detail: [words.metres(route.lengthMetres), to && nameOf(to, words)].filter(Boolean).join(' · '),
        }))}
        {...props}
      />
      <PlaceList title={msg('factsAddresses')} places={relations.addresses} {...props} />
      {(relations.truncated || trace.truncated) && <p className="facts-quiet">{msg('factsMore')}</p>}
    </div>
  );
}

/** Reads what the network says of a feature. Another feature is read from the beginning. */
function useFacts(
  feature: HostFeature,
  read: NetworkFactsProps['read'],
  version: unknown,
): { facts?: FeatureFacts; failed?: true } {
  const [shown, setShown] = useState<{ feature: HostFeature; facts?: FeatureFacts; failed?: true }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a network that has changed is asked again
  useEffect(() => {
    let isCurrent = true;
    read(feature).then(
      (facts) => isCurrent && setShown({ feature, ...(facts && { facts }) }),
      () => isCurrent && setShown({ feature, failed: true }),
    );
    return () => {
      isCurrent = false;
    };
  }, [feature, read, version]);
  return shown?.feature === feature ? shown : {};
}

/** A feature with one line shows this; a cable shows itself. The start of a cable is nearer to the feed. */
function pathOf({ relations, trace }: FeatureFacts): Position[][] {
  if (relations.cable) return relations.cable.path.map((line) => line.toReversed()).toReversed();
  return trace.lines.length === 1 ? pathOfLine(trace.lines[0]) : [];
}

function pathOfLine(line: NetworkTrace['lines'][number] | undefined): Position[][] {
  return (line?.steps ?? []).flatMap((step) => (step.kind === 'cable' ? step.path : []));
}
