import type { Position } from '../../../src/contract/index.ts';
import type { Plan, PlanRoute } from '../../planning/Plan.ts';

/** A place of the plan that becomes a record: a pole that is there, or a handhole. */
export interface LaidStructure {
  position: Position;
  /** The URN of the pole. */
  pole?: string;
}

/** A route between two structures. Those along a street run over its vertices. */
export interface LaidRoute {
  /** Nodes of the plan; `from` is nearer to the feed. */
  from: number;
  to: number;
  kind: PlanRoute['kind'];
  street?: string;
  coordinates: Position[];
  metres: number;
}

/** The structures and routes of a plan. */
export interface PlanLayout {
  /** By node of the plan; a point of a street on which nothing is has none. */
  structures: Map<number, LaidStructure>;
  routes: LaidRoute[];
  /** By node of the plan that is a structure: the route that ends there, seen from the feed. */
  routeTo: Map<number, number>;
  /** By node of the plan: metres from the feed along the routes. */
  depths: Float64Array;
  /** By cable: the structures that it passes, from the end that is nearer to the feed. */
  cables: number[][];
  /** Structures with a closure: those with a new splitter or a splice. */
  closures: number[];
}

/** Says which nodes of a plan become structures, and joins the pieces of streets between them to routes. */
export function layoutPlan(plan: Plan): PlanLayout {
  const { nodes, routes, cables, splitters, terminals, splices } = plan;
  const isStructure = new Uint8Array(nodes.length);
  const mark = (node: number | undefined) => {
    if (node !== undefined) isStructure[node] = 1;
  };
  mark(plan.feed);
  for (const { node } of terminals) mark(node);
  for (const { node } of splitters) mark(node);
  for (const { node } of splices) mark(node);
  for (const cable of cables) {
    mark(cable.nodes[0]);
    mark(cable.nodes.at(-1));
  }
  markEnds(plan, isStructure);

  const layout: PlanLayout = {
    structures: new Map(),
    routes: [],
    routeTo: new Map(),
    depths: new Float64Array(nodes.length),
    cables: cables.map((cable) => cable.nodes.filter((node) => isStructure[node])),
    closures: closuresOf(plan),
  };
  for (const [node, { position, pole }] of nodes.entries()) {
    if (isStructure[node]) layout.structures.set(node, { position, ...(pole !== undefined && { pole }) });
  }
  const open = new Map<number, LaidRoute>();
  const placeOf = (node: number): Position => nodes[node]?.position ?? [Number.NaN, Number.NaN];
  for (const { from, to, kind, street, metres } of routes) {
    let route = open.get(from);
    open.delete(from);
    route ??= {
      from,
      to,
      kind,
      ...(street !== undefined && { street }),
      coordinates: [placeOf(from)],
      metres: 0,
    };
    route.to = to;
    route.coordinates.push(placeOf(to));
    route.metres += metres;
    layout.depths[to] = (layout.depths[from] ?? 0) + metres;
    if (isStructure[to]) layout.routeTo.set(to, layout.routes.push(route) - 1);
    else open.set(to, route);
  }
  return layout;
}

/** Marks poles, and points where routes branch, end, or go on as another kind. */
function markEnds({ nodes, routes }: Plan, isStructure: Uint8Array): void {
  const above = new Map<number, PlanRoute>();
  const below = new Int32Array(nodes.length);
  for (const route of routes) {
    above.set(route.to, route);
    below[route.from] = (below[route.from] ?? 0) + 1;
  }
  for (const [node, { pole }] of nodes.entries()) {
    if (pole !== undefined || below[node] !== 1) isStructure[node] = 1;
  }
  for (const { from, kind } of routes) {
    const before = above.get(from);
    if (before && before.kind !== kind) isStructure[from] = 1;
  }
}

function closuresOf({ splitters, splices }: Plan): number[] {
  const closures = new Set<number>();
  for (const { node, existing } of splitters) {
    if (existing === undefined && node !== undefined) closures.add(node);
  }
  for (const { node } of splices) closures.add(node);
  return [...closures].sort((a, b) => a - b);
}
