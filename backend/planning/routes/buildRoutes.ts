import { geodesicDistance } from '../../network/geodesy.ts';
import type { Ground } from '../ground/Ground.ts';
import { normalLongitude } from '../ground/LocalPlane.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { Place, RouteKind, RouteNet } from './RouteNet.ts';
import { SegmentCuts } from './SegmentCuts.ts';

/** Metres. */
const ON_STREET = 0.01;

/** Builds the graph of all that the feed reaches, with a node for each of the places. */
export async function buildRoutes(
  ground: Ground,
  places: readonly Place[],
  work: PlanWork,
): Promise<{ net: RouteNet; nodeOf: number[] }> {
  const { nodes, streets, poles, spans, feed } = ground;
  const cuts = new SegmentCuts();
  const laterals: { pole: number; key: number }[] = [];
  poles.forEach(({ foot, node }, pole) => {
    if (foot && ground.isReachedSegment(foot.segment)) {
      // A pole on the street stands in it, so that no lateral is without a length.
      const own = foot.metres < ON_STREET ? node : undefined;
      laterals.push({ pole, key: cuts.add(foot.segment, foot.t, own) });
    }
  });
  const keys = places.map((place) => ('pole' in place ? -1 : cuts.add(place.segment, place.t)));
  const feedKey = 'foot' in feed.join ? cuts.add(feed.join.foot.segment, feed.join.foot.t) : -1;

  const edges = new Edges(ground);
  for (let segment = 0; segment < streets.from.length; segment++) {
    if (!ground.isReachedSegment(segment)) continue;
    if (work.isDue(20)) await work.pause(segment, streets.from.length);
    const row = cuts.lay(segment, ground);
    row.forEach((node, i) => {
      const next = row[i + 1];
      if (next !== undefined) edges.add(node, next, 'street', streets.street[segment] ?? -1);
    });
  }
  const nodeOfPole = (pole: number) => poles[pole]?.node ?? -1;
  for (const { pole, key } of laterals) edges.add(nodeOfPole(pole), cuts.nodeOf(key), 'lateral', -1);
  for (const [a, b] of spans) {
    if (ground.isReachedPole(a)) edges.add(nodeOfPole(a), nodeOfPole(b), 'span', -1);
  }
  let start = 'pole' in feed.join ? nodeOfPole(feed.join.pole) : cuts.nodeOf(feedKey);
  if (feed.position) {
    const node = nodes.add([normalLongitude(feed.position[0]), feed.position[1]]);
    edges.add(node, start, 'lateral', -1);
    start = node;
  }
  const poleOf = new Int32Array(nodes.count).fill(-1);
  for (const { node, of } of poles) poleOf[node] = of;
  const nodeOf = places.map((place, i) =>
    'pole' in place ? nodeOfPole(place.pole) : cuts.nodeOf(keys[i] ?? -1),
  );
  return { net: { positions: nodes.positions, poleOf, ...edges.finish(), feed: start }, nodeOf };
}

class Edges {
  readonly #ground: Ground;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #kind: RouteKind[] = [];
  readonly #street: number[] = [];
  readonly #metres: number[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  add(from: number, to: number, kind: RouteKind, street: number): void {
    if (from === to) return;
    const { nodes } = this.#ground;
    this.#from.push(from);
    this.#to.push(to);
    this.#kind.push(kind);
    this.#street.push(street);
    this.#metres.push(geodesicDistance(nodes.position(from), nodes.position(to)));
  }

  finish(): Pick<RouteNet, 'from' | 'to' | 'kind' | 'streetOf' | 'metres'> {
    return {
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      kind: this.#kind,
      streetOf: Int32Array.from(this.#street),
      metres: Float64Array.from(this.#metres),
    };
  }
}
