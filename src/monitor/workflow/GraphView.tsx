/** The graph of a workflow with the state of each node: it is panned, zoomed and walked by keys. */
import { theme } from 'antd';
import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useBox } from '../run/useBox.ts';
import { LinkLines, LinkPills } from './GraphLinks.tsx';
import { GraphNode } from './GraphNode.tsx';
import type { GraphSource } from './GraphSource.ts';
import { GraphTools } from './GraphTools.tsx';
import type { GraphIndex } from './graphIndex.ts';
import { type GraphLayout, NODE } from './graphLayout.ts';
import { linkPaths } from './linkPath.ts';
import { treeKey } from './treeKeys.ts';
import { usePanZoom, type View } from './usePanZoom.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';

export interface GraphViewProps {
  source: GraphSource;
  index: GraphIndex;
  layout: GraphLayout;
  chosen: string | undefined;
  /** Nodes that are selected to be run, beside the chosen one. */
  marked: ReadonlySet<string>;
  chosenLink: number | undefined;
  /** `open`: the details get the focus. */
  onChoose(key: string, options: { open: boolean }): void;
  onMark(key: string): void;
  onLink(id: number | undefined): void;
  /** The check of the graph says that this is wrong with nodes, by their keys. */
  problems?: ReadonlyMap<string, readonly string[]> | undefined;
  /** The graph's name, for screen readers. */
  label: string;
}

/** From so many nodes on they shrink to icon and colour when the graph is seen at a smaller scale than this. */
const MANY = 60;
const SMALL_BELOW = 0.6;
/** So many CSS pixels around the box are drawn as well. */
const BEYOND = 240;
const NOTHING: ReadonlySet<string> = new Set();

export function GraphView(props: GraphViewProps) {
  const { source, index, layout, chosen, marked, chosenLink, problems } = props;
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const isRtl = words.direction === 'rtl';
  const [isMeasured, setMeasured] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const box = useBox(root, { width: 976, height: 356 });
  const pan = usePanZoom(root, box, layout);
  const { view } = pan;
  const isSmall = index.nodes.size >= MANY && view.scale < SMALL_BELOW;
  const paths = useMemo(() => linkPaths(layout, index.links, isRtl), [layout, index, isRtl]);
  const [walked, setWalked] = useState<string>();
  const current = walked ?? chosen ?? index.order[0];
  const wanted = useRef(false);
  const leftOf = (x: number) => (isRtl ? layout.width - x - NODE.width : x);
  const near = useDrawn(layout, view, box, isRtl);
  // A thousand nodes are drawn once, and not for a size that is assumed and again for the one that is measured.
  useLayoutEffect(() => setMeasured(true), []);
  const drawn = isMeasured ? near : NOTHING;
  const size = {
    position: 'absolute',
    insetBlockStart: 0,
    left: 0,
    width: layout.width,
    height: layout.height,
  } as const;

  // Choosing elsewhere, as in the table, is a place to walk on from.
  useEffect(() => {
    if (chosen !== undefined) setWalked(chosen);
  }, [chosen]);

  const goTo = (key: string) => {
    const place = layout.nodes.get(key);
    if (!place) return;
    wanted.current = true;
    setWalked(key);
    pan.reveal({ x: leftOf(place.x), y: place.y, width: NODE.width, height: NODE.height });
  };
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const node = [...(tree.current?.querySelectorAll<HTMLElement>('[data-node]') ?? [])].find(
      ({ dataset }) => dataset.node === walked,
    );
    if (!node) return;
    wanted.current = false;
    node.focus({ preventScroll: true });
  });

  const onClick = (event: MouseEvent) => {
    if (pan.hasDragged() || !(event.target instanceof Element)) return;
    const key = event.target.closest('[data-node]')?.getAttribute('data-node');
    const link = event.target.closest('[data-link]')?.getAttribute('data-link');
    if (key !== null && key !== undefined) {
      if (event.shiftKey || event.ctrlKey || event.metaKey) props.onMark(key);
      else props.onChoose(key, { open: false });
    } else if (link !== null && link !== undefined) props.onLink(Number(link));
  };
  const nextLink = (key: string) => {
    const links = index.from.get(key) ?? [];
    const at = links.findIndex(({ id }) => id === chosenLink);
    const next = links[(at + 1) % Math.max(1, links.length)];
    if (next) props.onLink(next.id);
  };

  const links = isMeasured ? [...index.from].filter(([, own]) => own.length > 0) : [];
  const linkProps = (key: string) => {
    const own = index.from.get(key) ?? [];
    const isHere = own.some(({ id }) => id === chosenLink);
    return {
      source,
      nodeKey: key,
      links: own,
      paths,
      isSmall,
      chosen: isHere ? chosenLink : undefined,
      token,
    };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the nodes in it have the keys and the roles.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      ref={root}
      onClick={onClick}
      {...pan.handlers}
      style={{
        position: 'relative',
        flex: 1,
        minHeight: 0,
        minWidth: 0,
        overflow: 'hidden',
        background: token.colorBgLayout,
        fontVariantNumeric: 'tabular-nums',
        touchAction: 'none',
        cursor: 'grab',
        userSelect: 'none',
      }}
    >
      <div
        style={{
          ...size,
          transformOrigin: '0 0',
          transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
        }}
      >
        <svg aria-hidden="true" style={{ ...size, overflow: 'visible' }}>
          {links.map(([key]) => (
            <LinkLines key={key} {...linkProps(key)} />
          ))}
        </svg>
        <div
          ref={tree}
          role="tree"
          aria-label={props.label}
          aria-multiselectable="true"
          onKeyDown={(event) =>
            treeKey(event, {
              index,
              layout,
              isRtl,
              goTo,
              onOpen: (key) => props.onChoose(key, { open: true }),
              onMark: props.onMark,
              onLink: nextLink,
              onCloseLink: () => props.onLink(undefined),
              zoom: pan.zoom,
              fit: pan.fit,
            })
          }
        >
          {index.order.map((key) => {
            const place = layout.nodes.get(key);
            if (!place || !(drawn.has(key) || (isMeasured && key === current))) return null;
            return (
              <GraphNode
                key={key}
                {...{ source, index, place, isSmall, words, token }}
                left={leftOf(place.x)}
                isChosen={key === chosen}
                isMarked={marked.has(key)}
                isCurrent={key === current}
                problems={problems?.get(key)}
              />
            );
          })}
        </div>
        {isSmall
          ? null
          : links.map(([key]) => <LinkPills key={key} {...linkProps(key)} language={words.language} />)}
      </div>
      <GraphTools onZoom={pan.zoom} onFit={pan.fit} />
    </div>
  );
}

/** The nodes near the part that is seen. The set stays the same while the graph moves a little. */
function useDrawn(layout: GraphLayout, view: View, box: { width: number; height: number }, isRtl: boolean) {
  const step = BEYOND / 2;
  const [x, y] = [Math.round(view.x / step) * step, Math.round(view.y / step) * step];
  const { scale } = view;
  return useMemo(() => {
    const drawn = new Set<string>();
    for (const [key, place] of layout.nodes) {
      const left = (isRtl ? layout.width - place.x - NODE.width : place.x) * scale + x;
      const top = place.y * scale + y;
      const isNear =
        left + NODE.width * scale > -BEYOND &&
        left < box.width + BEYOND &&
        top + NODE.height * scale > -BEYOND &&
        top < box.height + BEYOND;
      if (isNear) drawn.add(key);
    }
    return drawn;
  }, [layout, x, y, scale, box.width, box.height, isRtl]);
}
