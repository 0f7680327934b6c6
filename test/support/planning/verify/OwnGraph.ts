import type { Plan } from '../../../../backend/planning/Plan.ts';
import type { OwnGround, OwnNode, OwnSegment } from './OwnGround.ts';
import { apart, Cells, geodesic, toVector } from './space.ts';

/** Metres: where a node of the plan and one of the verifier are nearer, they are the same. */
const SAME = 0.03;

/** The whole graph with the nodes of the plan cut in, so that ways and a bound can be computed in it. */
export class OwnGraph {
  readonly nodes: OwnNode[] = [];
  /** By node: the other end and the length of each edge. */
  readonly edges: Map<number, number>[] = [];
  /** By node of the plan. -1: the plan's node is on no street and is no pole. */
  readonly ofPlan: number[] = [];
  readonly #numbers = new Map<OwnNode, number>();

  constructor(ground: OwnGround, plan: Pick<Plan, 'nodes' | 'feed' | 'routes'>) {
    const cuts = new Map<OwnSegment, { t: number; node: OwnNode }[]>();
    const cut = (segment: OwnSegment, t: number, node: OwnNode) => {
      const there = cuts.get(segment);
      if (there) there.push({ t, node });
      else cuts.set(segment, [{ t, node }]);
    };
    const vertices = new Cells<OwnNode>(1);
    for (const node of new Set(ground.segments.flatMap(({ a, b }) => [a, b]))) vertices.add(node.at, node);
    const lateralFeet: [OwnNode, OwnNode][] = [];
    const feet = new Cells<OwnNode>(1);
    for (const [id, { segment, t, metres }] of ground.laterals) {
      const pole = ground.poles.get(id);
      if (!pole) continue;
      const foot = footNode(segment, t);
      const there = vertices.near(foot.at).find(({ at }) => apart(at, foot.at) < 0.01);
      if (there) lateralFeet.push([pole, there]);
      else if (metres < 0.01) cut(segment, t, pole);
      else {
        cut(segment, t, foot);
        feet.add(foot.at, foot);
        lateralFeet.push([pole, foot]);
      }
    }
    const streetsOf = new Map<number, Set<string>>();
    for (const { from, to, street } of plan.routes) {
      for (const end of [from, to]) {
        const streets = streetsOf.get(end) ?? new Set();
        if (street !== undefined) streetsOf.set(end, streets.add(street));
      }
    }
    const known = plan.nodes.map(({ position, pole }, i) => {
      const own = pole === undefined ? undefined : ground.poles.get(pole);
      const at = toVector(position);
      if (own && apart(own.at, at) < SAME) return own;
      const there = nearestOf([...vertices.near(at), ...feet.near(at)], at);
      if (there && apart(there.at, at) < SAME) return there;
      // Two streets may cross there: the plan says on which of them the node is.
      const streets = streetsOf.get(i);
      const foot = ground.nearest(at, SAME, ({ street }) => !streets || streets.has(street));
      if (!foot) return undefined;
      const node: OwnNode = { position, at };
      cut(foot.segment, foot.t, node);
      return node;
    });
    for (const segment of ground.segments) {
      const row = (cuts.get(segment) ?? []).sort((a, b) => a.t - b.t).map(({ node }) => node);
      this.#path([segment.a, ...row, segment.b]);
    }
    for (const [pole, foot] of lateralFeet) this.#path([pole, foot]);
    for (const { a, b } of ground.spans) this.#path([a, b]);
    for (const node of known) this.ofPlan.push(node ? this.#number(node) : -1);
    this.#joinFeed(plan);
  }

  /** A feed beside the network hangs on the end of its lateral. */
  #joinFeed({ nodes, feed, routes }: Pick<Plan, 'nodes' | 'feed' | 'routes'>): void {
    const first = nodes[feed ?? -1];
    if (feed === undefined || !first || (this.ofPlan[feed] ?? -1) >= 0) return;
    const lateral = routes.find(({ from }) => from === feed);
    const end = this.nodes[this.ofPlan[lateral?.to ?? -1] ?? -1];
    const node: OwnNode = { position: first.position, at: toVector(first.position) };
    if (end) this.#path([node, end]);
    this.ofPlan[feed] = this.#number(node);
  }

  #path(nodes: readonly OwnNode[]): void {
    nodes.forEach((node, i) => {
      const before = nodes[i - 1];
      if (!before || before === node) return;
      const [a, b] = [this.#number(before), this.#number(node)];
      const metres = geodesic(before.position, node.position);
      if (metres >= (this.edges[a]?.get(b) ?? Number.POSITIVE_INFINITY)) return;
      this.edges[a]?.set(b, metres);
      this.edges[b]?.set(a, metres);
    });
  }

  #number(node: OwnNode): number {
    let number = this.#numbers.get(node);
    if (number === undefined) {
      number = this.nodes.push(node) - 1;
      this.edges.push(new Map());
      this.#numbers.set(node, number);
    }
    return number;
  }

  numberOf(node: OwnNode): number | undefined {
    return this.#numbers.get(node);
  }

  /** By node: the length of the shortest way from the start; Infinity: there is none. Bellman and Ford, by a queue. */
  waysFrom(start: number): Float64Array {
    const ways = new Float64Array(this.nodes.length).fill(Number.POSITIVE_INFINITY);
    ways[start] = 0;
    let front = new Set([start]);
    while (front.size > 0) {
      const next = new Set<number>();
      for (const node of front) {
        for (const [other, metres] of this.edges[node] ?? []) {
          const way = (ways[node] ?? 0) + metres;
          if (way >= (ways[other] ?? 0) - 1e-9) continue;
          ways[other] = way;
          next.add(other);
        }
      }
      front = next;
    }
    return ways;
  }
}

function nearestOf(nodes: readonly OwnNode[], at: OwnNode['at']): OwnNode | undefined {
  return [...nodes].sort((a, b) => apart(a.at, at) - apart(b.at, at))[0];
}

function footNode({ a, b }: OwnSegment, t: number): OwnNode {
  // Degrees are even enough over a piece of a street.
  const turn = b.position[0] - a.position[0];
  const east = turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
  const position: [number, number] = [
    a.position[0] + east * t,
    a.position[1] + (b.position[1] - a.position[1]) * t,
  ];
  return { position, at: toVector(position) };
}
