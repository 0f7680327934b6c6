/** Lays out a small graph by dagre, which is fetched with this file. */
import { Graph, layout } from '@dagrejs/dagre';
import type { GraphIndex } from './graphIndex.ts';
import { GAP, type GraphLayout, NODE, type PlacedNode, type Point } from './graphLayout.ts';

export function layOutWithDagre(index: GraphIndex): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: GAP.row,
    ranksep: GAP.rank,
    edgesep: GAP.row,
    ranker: 'tight-tree',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const key of index.nodes.keys()) graph.setNode(key, { width: NODE.width, height: NODE.height });
  for (const { from, to, id } of index.links) graph.setEdge(from, to, {}, String(id));
  layout(graph);
  const middles = new Map([...index.nodes.keys()].map((key) => [key, pointOf(graph.node(key))]));
  const columns = [...new Set([...middles.values()].map(({ x }) => Math.round(x)))].sort((a, b) => a - b);
  const nodes = new Map<string, PlacedNode>();
  for (const [key, { x, y }] of middles) {
    const rank = columns.indexOf(Math.round(x));
    nodes.set(key, { key, rank, x: x - NODE.width / 2, y: y - NODE.height / 2 });
  }
  const isUpsideDown = isReversed(index, nodes);
  const bends = new Map<number, Point[]>();
  for (const { from, to, id } of index.links) {
    const distance = (nodes.get(to)?.rank ?? 0) - (nodes.get(from)?.rank ?? 0);
    if (distance < 2) continue;
    // The first and the last point are where the link meets its nodes.
    const points: unknown = graph.edge(from, to, String(id))?.points;
    const inner = Array.isArray(points) ? points.slice(1, -1).map(pointOf) : [];
    // One of them stands in each rank that is passed, the others between ranks.
    bends.set(
      id,
      inner.filter(({ x }) => columns.some((column) => Math.abs(column - x) < 2)),
    );
  }
  const all = [...nodes.values()];
  if (isUpsideDown) {
    for (const node of all) node.y = -node.y;
    for (const point of [...bends.values()].flat()) point.y = NODE.height - point.y;
  }
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  for (const node of all) {
    node.x -= left;
    node.y -= top;
  }
  for (const points of bends.values()) {
    for (const point of points) {
      point.x -= left;
      point.y -= top;
    }
  }
  return {
    nodes,
    bends,
    width: Math.max(...all.map(({ x }) => x)) + NODE.width,
    height: Math.max(...all.map(({ y }) => y)) + NODE.height,
  };
}

/** The order of the rows is free. True where most nodes of a rank stand above those that the graph names before them. */
function isReversed(index: GraphIndex, nodes: ReadonlyMap<string, PlacedNode>): boolean {
  const inOrder = [...index.nodes.keys()].flatMap((key) => nodes.get(key) ?? []);
  let balance = 0;
  for (const [at, one] of inOrder.entries()) {
    for (const other of inOrder.slice(at + 1)) {
      if (one.rank === other.rank) balance += one.y < other.y ? 1 : -1;
    }
  }
  return balance < 0;
}

function pointOf({ x, y }: { x?: number | undefined; y?: number | undefined }): Point {
  return { x: x ?? 0, y: y ?? 0 };
}
