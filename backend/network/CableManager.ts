import { TaskRefusal } from '../common/TaskRefusal.ts';
import { geodesicLength } from './geodesy.ts';
import type { NetworkDataView, NetworkRecord } from './NetworkStore.ts';
import { type Edge, shortestPath } from './shortestPath.ts';

/** Finds ways along the routes of a view, and lays cables in them. */
export class CableManager {
  readonly #view: NetworkDataView;

  constructor(view: NetworkDataView) {
    this.#view = view;
  }

  /**
   * The shortest path by length from each structure to the next: its routes (`oh_route`), in order. Routes may be
   * walked either way. Rejects with 'no-path' naming the two structures that no routes join.
   */
  async findPath(structures: readonly NetworkRecord[]): Promise<NetworkRecord[]> {
    const path: NetworkRecord[] = [];
    for (const [i, from] of structures.entries()) {
      const to = structures[i + 1];
      if (!to) break;
      const leg = await shortestPath(from.urn, to.urn, (node, limit) => this.#routesAt(node, limit));
      if (!leg) {
        throw new TaskRefusal({
          code: 'no-path',
          message: `No routes lead from ${from.urn} to ${to.urn}: create the missing route first.`,
          details: { from: from.urn, to: to.urn },
        });
      }
      path.push(...leg);
    }
    return path;
  }

  /**
   * Lays a cable in the routes, which follow one another, beginning at `start` (a structure; needed only where one
   * route is given that is to be walked from its out to its in structure). Makes one cable segment for each route.
   * Rejects with 'routes-not-joined' where a route does not begin where the one before ended.
   */
  async route(
    cable: NetworkRecord,
    routes: readonly NetworkRecord[],
    start: NetworkRecord | undefined = undefined,
  ): Promise<NetworkRecord[]> {
    const table = this.#view.table('cable_segment');
    const segments: NetworkRecord[] = [];
    let at = start?.urn ?? firstStructure(routes);
    for (const { from, to, route } of walk(routes, at)) {
      segments.push(
        await table.insert({
          properties: {
            cable: cable.urn,
            sequence: segments.length + 1,
            housing: route.urn,
            root_housing: route.urn,
            in_structure: from,
            out_structure: to,
            length: routeLength(route),
          },
        }),
      );
      at = to;
    }
    return segments;
  }

  /** The segments of a cable, from its start to its end. */
  async orderedSegments(cable: NetworkRecord): Promise<NetworkRecord[]> {
    const segments = await this.#view.table('cable_segment').filterOn('cable', cable.urn);
    return segments.sort((a, b) => Number(a.properties.sequence) - Number(b.properties.sequence));
  }

  async #routesAt(structure: string, limit: number): Promise<Edge<NetworkRecord>[] | undefined> {
    const routes = this.#view.table('oh_route');
    const leaving = await routes.filterOn('in_structure', structure, { limit: limit + 1 });
    if (leaving.length > limit) return undefined;
    const arriving = await routes.filterOn('out_structure', structure, { limit: limit + 1 - leaving.length });
    if (leaving.length + arriving.length > limit) return undefined;
    const edges: Edge<NetworkRecord>[] = [];
    for (const edge of leaving) addEdge(edges, edge, edge.properties.out_structure);
    for (const edge of arriving) addEdge(edges, edge, edge.properties.in_structure);
    return edges;
  }
}

function addEdge(edges: Edge<NetworkRecord>[], edge: NetworkRecord, to: unknown): void {
  if (typeof to === 'string') edges.push({ to, length: routeLength(edge), edge });
}

/** Metres: as recorded, else of the line. */
function routeLength({ properties, geometry }: NetworkRecord): number {
  const { length } = properties;
  if (typeof length === 'number' && length >= 0) return length;
  return geometry?.type === 'LineString' ? geodesicLength(geometry.coordinates) : 0;
}

function firstStructure([first, second]: readonly NetworkRecord[]): unknown {
  const { in_structure: from, out_structure: to } = first?.properties ?? {};
  const next = second?.properties;
  const turned = next && (next.in_structure === from || next.out_structure === from);
  const straight = !next || next.in_structure === to || next.out_structure === to;
  return turned && !straight ? to : from;
}

function* walk(routes: readonly NetworkRecord[], start: unknown) {
  let from = start;
  for (const route of routes) {
    const { in_structure: a, out_structure: b } = route.properties;
    if (from !== a && from !== b) {
      throw new TaskRefusal({
        code: 'routes-not-joined',
        message: `${route.urn} does not begin at ${String(from)}: give routes that follow one another.`,
        details: { route: route.urn, structure: from },
      });
    }
    const to: unknown = from === a ? b : a;
    yield { route, from, to };
    from = to;
  }
}
