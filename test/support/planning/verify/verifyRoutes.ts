import type { Plan } from '../../../../backend/planning/Plan.ts';
import type { OwnGround, OwnSegment } from './OwnGround.ts';
import { footOn, geodesic, toVector, type Vector } from './space.ts';

const SAME = 0.05;

/** Checks that the routes are one tree and that each is a street piece, a lateral or a span within the rules. */
export function verifyRoutes(plan: Plan, ground: OwnGround, say: (problem: string) => void): void {
  const { nodes, routes, feed, rules } = plan;
  const segmentsOf = new Map<string, OwnSegment[]>();
  for (const segment of ground.segments) {
    const there = segmentsOf.get(segment.street) ?? [];
    there.push(segment);
    segmentsOf.set(segment.street, there);
  }
  const spans = new Set(ground.spans.map(({ a, b }) => [a.pole, b.pole].sort().join(' ')));
  const isOn = (at: Vector, segment: OwnSegment) => footOn(at, segment.a.at, segment.b.at).metres < SAME;

  const entered = new Set<number | undefined>([feed]);
  if (routes.length !== nodes.length - 1) say(`${nodes.length} nodes have ${routes.length} routes`);
  const streetsAt = new Map<number, Set<string>>();
  for (const [i, { from, to, kind, street, metres }] of routes.entries()) {
    const [a, b] = [nodes[from], nodes[to]];
    if (!a || !b) {
      say(`route ${i} has no two ends`);
      continue;
    }
    if (!entered.has(from)) say(`route ${i} begins at ${from}, to which no earlier route leads`);
    if (entered.has(to)) say(`two routes lead to node ${to}`);
    entered.add(to);
    if (Math.abs(geodesic(a.position, b.position) - metres) > 1e-6) say(`route ${i} is not ${metres} m long`);
    const [atA, atB] = [toVector(a.position), toVector(b.position)];
    if (kind === 'street') {
      const isPiece = segmentsOf
        .get(street ?? '')
        ?.some((segment) => isOn(atA, segment) && isOn(atB, segment));
      if (!isPiece) say(`route ${i} is no piece of ${street}`);
      for (const end of [from, to]) streetsAt.set(end, (streetsAt.get(end) ?? new Set()).add(street ?? ''));
    } else if (kind === 'lateral') {
      const isBetween =
        (a.pole !== undefined || b.pole !== undefined || from === feed) &&
        metres <= rules.longestLateral + 1e-3;
      if (!isBetween) say(`route ${i} is no lateral: ${metres} m`);
    } else if (!spans.has([a.pole, b.pole].sort().join(' ')) || metres > rules.longestSpan + 1e-6) {
      say(`route ${i} is no span: ${metres} m from ${a.pole} to ${b.pole}`);
    }
  }
  for (const [node, streets] of streetsAt) {
    if (streets.size < 2) continue;
    const at = toVector(nodes[node]?.position ?? [0, 0]);
    const isVertex = (street: string) =>
      segmentsOf
        .get(street)
        ?.some(({ a, b }) => [a, b].some((end) => footOn(at, end.at, end.at).metres < SAME));
    for (const street of streets)
      if (!isVertex(street))
        say(`node ${node} joins ${[...streets].join(' and ')} where ${street} has no vertex`);
  }
}
