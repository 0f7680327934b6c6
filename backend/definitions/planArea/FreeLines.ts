import { MinHeap } from '../../network/MinHeap.ts';
import type { NetworkRecord } from '../../network/NetworkStore.ts';
import type { ExistingWay } from '../../planning/Plan.ts';
import type { ExistingTerminal } from '../../planning/PlanInput.ts';
import type { Patches, Pin } from './Patches.ts';

/** A cable that is there already and has fibres to which nothing is connected. */
export interface FreeCable {
  /** In order. */
  segments: NetworkRecord[];
  /** The structures that it passes, one more than segments. */
  structures: string[];
  /** Lowest first. */
  fibres: number[];
}

/** A piece of a way in one cable, from one structure to another. */
interface Leg {
  cable: string;
  from: string;
  to: string;
}

/** Metres: a terminal is fed from a splitter that is not farther along the cables. */
const FARTHEST = 2_000;
/** So many splitters are looked for that can feed a terminal. */
const MOST_LINES = 3;
/** Metres: of two ways that are as long, the one with fewer splices is taken. */
const PER_LEG = 0.001;

/** Free fibres of cables that are there, and the ways over them from splitters to terminals. */
export class FreeLines {
  readonly #cables: ReadonlyMap<string, FreeCable>;
  /** By structure: the cables that pass it. */
  readonly #at = new Map<string, string[]>();
  /** By terminal and splitter: the way from the splitter. */
  readonly #ways = new Map<string, Leg[]>();

  /** By structure: fibres of two cables can be spliced there. */
  readonly #closures: ReadonlyMap<string, NetworkRecord>;

  constructor(cables: ReadonlyMap<string, FreeCable>, closures: ReadonlyMap<string, NetworkRecord>) {
    this.#cables = cables;
    this.#closures = closures;
    for (const [urn, { structures, fibres }] of cables) {
      if (fibres.length === 0) continue;
      for (const structure of new Set(structures)) {
        const there = this.#at.get(structure);
        if (there) there.push(urn);
        else this.#at.set(structure, [urn]);
      }
    }
  }

  /** The number of free fibres by cable. */
  get freeFibres(): Map<string, number> {
    return new Map(Array.from(this.#cables, ([urn, { fibres }]) => [urn, fibres.length]));
  }

  /** Finds the splitters that can feed a terminal at the structure, the nearest first. `splittersAt`: by structure. */
  linesTo(
    terminal: string,
    structure: string,
    splittersAt: ReadonlyMap<string, readonly string[]>,
  ): ExistingTerminal['lines'] {
    const lines: { splitter: string; cables: string[]; metres: number }[] = [];
    const best = new Map<string, { metres: number; leg: Leg | undefined }>([
      [structure, { metres: 0, leg: undefined }],
    ]);
    const done = new Set<string>();
    const heap = new MinHeap<string>();
    heap.push(0, structure);
    for (let at = heap.pop(); at !== undefined && lines.length < MOST_LINES; at = heap.pop()) {
      if (done.has(at)) continue;
      done.add(at);
      const { metres = 0 } = best.get(at) ?? {};
      for (const splitter of splittersAt.get(at) ?? []) {
        const way = wayFrom(at, best);
        const length = way.reduce((sum, leg) => sum + this.#metres(leg), 0);
        this.#ways.set(`${terminal} ${splitter}`, way);
        lines.push({ splitter, cables: way.map(({ cable }) => cable), metres: length });
      }
      if (at !== structure && !this.#closures.has(at)) continue;
      for (const cable of this.#at.get(at) ?? []) {
        for (const to of this.#cables.get(cable)?.structures ?? []) {
          const leg = { cable, from: to, to: at };
          const next = metres + this.#metres(leg) + PER_LEG;
          if (next > FARTHEST || next >= (best.get(to)?.metres ?? Number.POSITIVE_INFINITY)) continue;
          best.set(to, { metres: next, leg });
          heap.push(next, to);
        }
      }
    }
    return lines.slice(0, MOST_LINES);
  }

  /** Connects the port of a splitter with that of a terminal over free fibres. */
  connect(over: ExistingWay, splitter: Pin, terminal: Pin, patches: Patches): void {
    const way = this.#ways.get(`${over.terminal} ${splitter.object.urn}`) ?? [];
    let [housing, before] = [splitter.object, splitter];
    for (const leg of way) {
      const fibre = this.#cables.get(leg.cable)?.fibres.shift();
      const closure = this.#closures.get(leg.from);
      if (fibre === undefined) throw new Error(`${leg.cable} has no free fibre left`);
      if (before !== splitter && closure) housing = closure;
      patches.connect(housing, before, this.#pin(leg.cable, fibre, leg.from, leg.to));
      before = this.#pin(leg.cable, fibre, leg.to, leg.from);
    }
    patches.connect(way.length === 0 ? splitter.object : terminal.object, before, terminal);
  }

  #metres({ cable, from, to }: Leg): number {
    const { segments = [], structures = [] } = this.#cables.get(cable) ?? {};
    const [a, b] = [structures.indexOf(from), structures.indexOf(to)];
    let metres = 0;
    for (const { properties } of segments.slice(Math.min(a, b), Math.max(a, b)))
      metres += Number(properties.length);
    return metres;
  }

  /** The pin of the fibre at a structure, on the side from which it goes to the other one. */
  #pin(cable: string, pin: number, at: string, towards: string): Pin {
    const { segments = [], structures = [] } = this.#cables.get(cable) ?? {};
    const [here, there] = [structures.indexOf(at), structures.indexOf(towards)];
    const object = segments[here < there ? here : here - 1];
    if (!object) throw new Error(`${cable} does not go from ${at} to ${towards}`);
    return { object, side: here < there ? 'in' : 'out', pin };
  }
}

function wayFrom(start: string, best: ReadonlyMap<string, { leg: Leg | undefined }>): Leg[] {
  const way: Leg[] = [];
  for (let leg = best.get(start)?.leg; leg; leg = best.get(leg.to)?.leg) way.push(leg);
  return way;
}
