import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import type { PlanRules } from '../../../../backend/planning/rules.ts';
import type { Position } from '../../../../src/contract/index.ts';
import { apart, between, Cells, footOn, geodesic, isPosition, toVector, type Vector } from './space.ts';

export interface OwnNode {
  position: Position;
  at: Vector;
  /** The id of the pole that it is. */
  pole?: string;
}

export interface OwnSegment {
  street: string;
  a: OwnNode;
  b: OwnNode;
}

export interface OwnSpan {
  a: OwnNode;
  b: OwnNode;
}

/** The segments, poles and spans of the input, read anew by the rules of the design and by code of the verifier's own. */
export class OwnGround {
  readonly segments: OwnSegment[] = [];
  readonly poles = new Map<string, OwnNode>();
  readonly laterals = new Map<string, { segment: OwnSegment; t: number; metres: number }>();
  readonly spans: OwnSpan[] = [];
  readonly #cells = new Cells<OwnSegment>(CELL);
  readonly #rules: PlanRules;
  readonly #feed: Vector | undefined;

  constructor(input: PlanInput, rules: PlanRules, feed: Position | undefined) {
    this.#rules = rules;
    this.#feed = feed && toVector(feed);
    this.#readStreets(input);
    for (const segment of this.segments) {
      const parts = Math.ceil(apart(segment.a.at, segment.b.at) / (CELL / 2)) || 1;
      for (let i = 0; i <= parts; i++)
        this.#cells.add(between(segment.a.at, segment.b.at, i / parts), segment);
    }
    if (rules.ways !== 'street') this.#readPoles(input);
  }

  /** The nearest segment within the reach, which is at most CELL / 2. */
  nearest(at: Vector, reach: number, isWanted: (segment: OwnSegment) => boolean = () => true) {
    let best: { segment: OwnSegment; t: number; metres: number } | undefined;
    for (const segment of new Set(this.#cells.near(at))) {
      if (!isWanted(segment)) continue;
      const foot = footOn(at, segment.a.at, segment.b.at);
      if (foot.metres <= reach && (!best || foot.metres < best.metres - 1e-9)) best = { segment, ...foot };
    }
    return best;
  }

  #readStreets({ streets }: PlanInput): void {
    const nodes: OwnNode[] = [];
    const ends = new Set<OwnNode>();
    const raw: { street: string; a: OwnNode; b: OwnNode }[] = [];
    const byText = new Map<string, OwnNode>();
    const nodeOf = (position: unknown): OwnNode | undefined => {
      if (!isPosition(position)) return undefined;
      const at = toVector(position);
      if (this.#isFar(at)) return undefined;
      const key = at.map((value) => value.toFixed(3)).join(' ');
      let node = byText.get(key);
      if (!node) {
        node = { position, at };
        byText.set(key, node);
        nodes.push(node);
      }
      return node;
    };
    for (const { id, coordinates } of streets) {
      for (const line of linesOf(coordinates)) {
        let last: OwnNode | undefined;
        for (const position of line) {
          const node = nodeOf(position);
          if (node && !last) ends.add(node);
          if (!node && last) ends.add(last);
          if (node && last && node !== last) raw.push({ street: id, a: last, b: node });
          last = node;
        }
        if (last) ends.add(last);
      }
    }
    const same = new Map<OwnNode, OwnNode>();
    const find = (node: OwnNode): OwnNode => {
      let at = node;
      for (let up = same.get(at); up; up = same.get(at)) at = up;
      return at;
    };
    const cells = new Cells<OwnNode>(1);
    for (const node of nodes) cells.add(node.at, node);
    const order = new Map(nodes.map((node, i) => [node, i]));
    for (const end of ends) {
      for (const other of cells.near(end.at)) {
        if (apart(end.at, other.at) > 0.5) continue;
        const pair = [find(end), find(other)].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        const [first, second] = pair;
        if (first && second && first !== second) same.set(second, first);
      }
    }
    const pairs = new Map<OwnNode, Set<OwnNode>>();
    for (const { street, a, b } of raw) {
      const [from, to] = [find(a), find(b)];
      // A street that is drawn twice is one.
      if (from === to || pairs.get(from)?.has(to)) continue;
      pairs.set(from, (pairs.get(from) ?? new Set()).add(to));
      pairs.set(to, (pairs.get(to) ?? new Set()).add(from));
      this.segments.push({ street, a: from, b: to });
    }
  }

  #isFar(at: Vector): boolean {
    return this.#feed !== undefined && apart(at, this.#feed) > FARTHEST;
  }

  #readPoles({ poles }: PlanInput): void {
    const { longestLateral, longestSpan, corridor, ways } = this.#rules;
    const cells = new Cells<[string, OwnNode]>(Math.max(longestSpan * 1.01, 1));
    for (const { id, position } of poles) {
      if (!isPosition(position)) continue;
      const node: OwnNode = { position, at: toVector(position), pole: id };
      if (this.#isFar(node.at)) continue;
      if (cells.near(node.at).some(([, other]) => apart(other.at, node.at) < 0.02)) continue;
      this.poles.set(id, node);
      cells.add(node.at, [id, node]);
    }
    const posts = postsOf(this.poles, this.#rules.poleGap);
    for (const id of posts) this.poles.delete(id);
    for (const [id, node] of this.poles) {
      const lateral = ways === 'any' ? this.nearest(node.at, longestLateral) : undefined;
      if (lateral) this.laterals.set(id, lateral);
    }
    for (const [id, node] of this.poles) {
      const near = cells.near(node.at).filter(([other]) => !posts.has(other));
      for (const [otherId, other] of near) {
        if (otherId <= id || geodesic(node.position, other.position) > longestSpan) continue;
        const middle = between(node.at, other.at, 0.5);
        const radius = apart(node.at, other.at) / 2 - 1e-6;
        if (near.some(([third, { at }]) => third !== id && third !== otherId && apart(at, middle) < radius))
          continue;
        const isNearStreet = [0, 0.25, 0.5, 0.75, 1].every((t) =>
          this.nearest(between(node.at, other.at, t), corridor),
        );
        if (this.segments.length === 0 || isNearStreet) this.spans.push({ a: node, b: other });
      }
    }
  }
}

/** The poles that the least gap leaves out: it walks from each pole to those that are nearer than the gap, and on. */
function postsOf(poles: ReadonlyMap<string, OwnNode>, gap: number): Set<string> {
  const posts = new Set<string>();
  if (gap === 0) return posts;
  const cells = new Cells<string>(gap);
  for (const [id, { at }] of poles) cells.add(at, id);
  const seen = new Set<string>();
  for (const first of poles.keys()) {
    const row = [first];
    if (seen.has(first)) continue;
    seen.add(first);
    for (const id of row) {
      const node = poles.get(id);
      for (const other of node ? cells.near(node.at) : []) {
        const far = poles.get(other);
        if (!node || !far || seen.has(other) || apart(node.at, far.at) >= gap) continue;
        seen.add(other);
        row.push(other);
      }
    }
    for (const id of row.length >= 3 ? row : row.slice(1)) posts.add(id);
  }
  return posts;
}

const CELL = 150;
/** Metres from the feed: the planner leaves out what lies farther away. */
const FARTHEST = 100_000;

function linesOf(coordinates: unknown): unknown[][] {
  if (!Array.isArray(coordinates) || !Array.isArray(coordinates[0])) return [];
  const list: unknown[] = coordinates;
  const isMulti = list.some((line) => Array.isArray(line) && Array.isArray(line[0]));
  return isMulti ? list.filter((line) => Array.isArray(line)) : [list];
}
