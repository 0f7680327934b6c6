import type { NetworkRecord } from '../../network/NetworkStore.ts';
import type { Fibre, Plan } from '../../planning/Plan.ts';
import type { PlanLayout } from './layoutPlan.ts';
import type { Pin } from './Patches.ts';

/** A fibre on a way, from the node at which the way enters it to the node at which the way leaves it. */
interface Leg {
  fibre: Fibre;
  from: number;
  to: number;
}

/** The pins of a way. */
export interface WayPins {
  first: Pin;
  last: Pin;
  splices: { node: number; from: Pin; to: Pin }[];
}

/** Finds the pins of the ways that the fibres of a plan take. */
export class FibreWays {
  readonly #layout: PlanLayout;
  readonly #segments: readonly (readonly NetworkRecord[])[];
  readonly #spliceAt = new Map<string, number>();

  /** `segments`: by cable, in order. */
  constructor({ splices }: Plan, layout: PlanLayout, segments: readonly (readonly NetworkRecord[])[]) {
    this.#layout = layout;
    this.#segments = segments;
    for (const { node, from, to } of splices) this.#spliceAt.set(spliceKey(from, to), node);
  }

  /** The pins of a way between two nodes; undefined where it needs no fibre, because they are one. */
  pins(way: readonly Fibre[], start: number, end: number): WayPins | undefined {
    const legs = this.#legs(way, start, end);
    const [first, last] = [legs[0], legs.at(-1)];
    if (!first || !last) return undefined;
    const splices = legs.slice(1).map((leg, i) => ({
      node: leg.from,
      from: this.#exit(legs[i] ?? leg),
      to: this.#pin(leg.fibre, leg.from, leg.to),
    }));
    return { first: this.#pin(first.fibre, first.from, first.to), last: this.#exit(last), splices };
  }

  #legs(way: readonly Fibre[], start: number, end: number): Leg[] {
    let from = start;
    return way.map((fibre, i) => {
      const next = way[i + 1];
      const to = next ? (this.#spliceAt.get(spliceKey(fibre, next)) ?? -1) : end;
      const leg = { fibre, from, to };
      from = to;
      return leg;
    });
  }

  #exit({ fibre, from, to }: Leg): Pin {
    return this.#pin(fibre, to, from);
  }

  /** The pin of the fibre at a node of its cable, on the side from which it goes to the other node. */
  #pin({ cable, fibre }: Fibre, at: number, towards: number): Pin {
    const nodes = this.#layout.cables[cable] ?? [];
    const [here, there] = [nodes.indexOf(at), nodes.indexOf(towards)];
    const object = this.#segments[cable]?.[here < there ? here : here - 1];
    if (here < 0 || there < 0 || !object)
      throw new Error(`cable ${cable} does not go from node ${at} to ${towards}`);
    return { object, side: here < there ? 'in' : 'out', pin: fibre };
  }
}

function spliceKey(from: Fibre, to: Fibre): string {
  return `${from.cable} ${from.fibre} ${to.cable} ${to.fibre}`;
}
