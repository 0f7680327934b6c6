/** The run view of a run that is known: header, graph, timeline, table or list, and the details of the chosen node. */
import { theme } from 'antd';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import type { TaskSnapshot } from '../../contract/index.ts';
import { useNow } from '../../parts/useNow.ts';
import type { RunFeed } from '../run/RunFeed.ts';
import { Splitter } from '../run/Splitter.tsx';
import { useBox } from '../run/useBox.ts';
import { useOpened } from '../run/useOpened.ts';
import { GraphView } from './GraphView.tsx';
import type { GraphIndex } from './graphIndex.ts';
import { LinkCard } from './LinkCard.tsx';
import { ListView } from './ListView.tsx';
import { NodeDetails } from './NodeDetails.tsx';
import { RunViewHeader, type ViewKind } from './RunViewHeader.tsx';
import { nameOf } from './readGraph.ts';
import { TableView } from './TableView.tsx';
import { TimelineView } from './TimelineView.tsx';
import { useLayout } from './useLayout.ts';
import { useLinkOnMap } from './useLinkOnMap.ts';
import { useNode } from './useNode.ts';
import { useNodesOnMap } from './useNodesOnMap.ts';
import { useRunAgain } from './useRunAgain.ts';
import { useSelectedNodes } from './useSelectedNodes.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import { WorkflowRun } from './WorkflowRun.ts';
import type { WorkflowViewProps } from './workflowProps.ts';

export interface RunPanelProps extends WorkflowViewProps {
  /** Follows the task of the run. Whoever made it opens and closes it. */
  feed: RunFeed;
  task: TaskSnapshot;
  /** The map is the page's own, and may be moved to where the tasks work. */
  isMapOwn?: boolean;
}

/** Widths of the view, not of the window, in CSS pixels. */
const LIST_BELOW = 640;
const SHORT_BELOW = 1_000;
const HEIGHT = { docked: 404, least: 200, most: 0.7 };
const NO_KEY = '';

export function RunPanel({ feed, task, ...props }: RunPanelProps) {
  const { system, map, user, loadFeatures, docked = false } = props;
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const { msg } = words;
  const root = useRef<HTMLElement>(null);
  const box = useBox(root, { width: 1280, height: HEIGHT.docked });
  const isNarrow = box.width < LIST_BELOW;
  const run = useMemo(() => new WorkflowRun({ system, feed, runId: task.id }), [system, feed, task.id]);
  useOpened(run);
  const state = useSyncExternalStore(run.subscribe, run.getState, run.getState);
  const { index } = state;
  const layout = useLayout(index);
  const nowMs = useNow();
  useNodesOnMap({ system, map, zooms: props.isMapOwn === true, run, state, nowMs });
  const [kind, setKind] = useState<ViewKind>('graph');
  const [height, setHeight] = useState<number>(HEIGHT.docked);
  const [isFolded, setFolded] = useState(false);
  const nodes = useSelectedNodes(root, isNarrow);
  const { chosen } = nodes;
  const [linkId, setLinkId] = useState<number>();
  const link = linkId === undefined ? undefined : index?.links[linkId];
  const from = useNode(run, link?.from ?? NO_KEY);
  const features = useLinkOnMap({ system, map, loadFeatures, link, from });
  const open = (taskId: string) => props.onOpen?.({ run: taskId });
  const again = useRunAgain(system, task.id, open);

  useEffect(() => {
    if (!docked)
      root.current?.querySelector<HTMLElement>('[data-phase-heading]')?.focus({ preventScroll: true });
  }, [docked]);

  const names = (each: { from: string; to: string }, graph: GraphIndex) => ({
    from: nameOf(graph.nodes.get(each.from) ?? { key: each.from }),
    to: nameOf(graph.nodes.get(each.to) ?? { key: each.to }),
  });
  const place = map?.container?.();
  const card =
    link && index ? (
      <LinkCard
        {...names(link, index)}
        features={features}
        isOnMap={place !== undefined}
        onClose={() => setLinkId(undefined)}
      />
    ) : null;
  const list = { run, state, task, nowMs, chosen, onChoose: nodes.choose };
  const details =
    index && chosen !== undefined && index.nodes.has(chosen) ? (
      <NodeDetails
        {...{ system, run, index, task, nowMs, user, again }}
        key={chosen}
        nodeKey={chosen}
        selected={nodes.selected}
        chosenLink={linkId}
        onLink={setLinkId}
        onOpen={props.onOpen && open}
        isPage={isNarrow}
        onClose={nodes.leave}
      />
    ) : null;
  const views = {
    graph: () =>
      index && layout ? (
        <GraphView
          {...{ index, layout, chosen }}
          source={run}
          marked={nodes.marked}
          chosenLink={linkId}
          onChoose={nodes.choose}
          onMark={nodes.mark}
          onLink={setLinkId}
          label={index.graph.name || msg('wf_graph_of')}
        />
      ) : null,
    timeline: () => <TimelineView {...list} />,
    table: () => <TableView {...list} />,
  };

  return (
    <section
      ref={root}
      aria-label={msg('wf_run')}
      dir={words.direction}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        if (linkId !== undefined) setLinkId(undefined);
        else if (isNarrow && chosen !== undefined) nodes.leave();
        else return;
        event.preventDefault();
      }}
      style={{
        display: 'flex',
        flexDirection: 'column',
        flex: docked ? 'none' : 1,
        height: docked ? (isFolded ? 'auto' : height) : '100%',
        minHeight: 0,
        minWidth: 0,
        background: token.colorBgContainer,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: '20px',
      }}
    >
      {docked && !isFolded ? (
        <Splitter
          label={msg('wf_splitter')}
          height={height}
          min={HEIGHT.least}
          max={Math.max(HEIGHT.least, Math.round(globalThis.innerHeight * HEIGHT.most))}
          onHeight={setHeight}
        />
      ) : null}
      <RunViewHeader
        {...{ system, state, task, user, nowMs, kind, isNarrow, isFolded }}
        isShort={box.width < SHORT_BELOW}
        onKind={setKind}
        onBack={props.onBack}
        onFold={docked ? setFolded : undefined}
        onCancelRequested={() => feed.cancelRequested()}
      />
      {card && place ? createPortal(<div style={CARD}>{card}</div>, place) : card}
      {isFolded ? null : (
        <div style={{ display: 'flex', flex: 1, minHeight: 0, position: 'relative' }}>
          {index ? null : (
            <p style={{ margin: 0, padding: token.padding, color: token.colorTextSecondary }}>
              {msg('wf_loading')}
            </p>
          )}
          {isNarrow ? (
            (details ?? <ListView {...list} />)
          ) : (
            <>
              {views[kind]()}
              {details}
            </>
          )}
        </div>
      )}
    </section>
  );
}

/** Beside the map's own zoom buttons. */
const CARD = {
  position: 'absolute',
  insetBlockStart: 12,
  insetInlineStart: 56,
  insetInlineEnd: 12,
  zIndex: 5,
  display: 'flex',
  pointerEvents: 'none',
} as const;
