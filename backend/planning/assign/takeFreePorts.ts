import KDBush from 'kdbush';
import type { Position } from '../../../src/contract/index.ts';
import { PLAN_SPLITTER_LOSS_DB } from '../../../src/contract/planArea.ts';
import { opticalLoss } from '../fibre/opticalLoss.ts';
import type { Ground } from '../ground/Ground.ts';
import { isPlace } from '../ground/isPlace.ts';
import { isWithin, searchRadius } from '../ground/metres.ts';
import type { ExistingTerminal, PlanInput } from '../PlanInput.ts';
import type { Remarks } from '../Remarks.ts';
import type { PlanRules } from '../rules.ts';
import { crossingTest } from './crossingTest.ts';
import { SAME_SIDE } from './findPlaces.ts';
import type { AddressGroup } from './groupAddresses.ts';

/** An address on a free port of a splitter that is there already. */
export interface ReusedPort {
  /** Numbers in the input. */
  address: number;
  splitter: number;
  port: number;
  /** The terminal that is there and over which the port is reached; left out: the drop begins at the splitter. */
  over?: { terminal: ExistingTerminal; port: number; cables: readonly string[]; metres: number };
}

export interface Reuse {
  ports: ReusedPort[];
  /** Splitters with new addresses whose input has no fibre yet, and the pole of the ground that each is on. */
  unfed: { splitter: number; pole: number }[];
}

/** Metres: a splitter is on the pole that is this near. */
const ON_POLE = 0.5;

/** Gives free ports of splitters that are there already to the nearest addresses, and takes these from their groups. */
export function takeFreePorts(
  input: PlanInput,
  ground: Ground,
  groups: readonly AddressGroup[],
  rules: PlanRules,
  remarks: Remarks,
): Reuse {
  const given = input.splitters ?? [];
  if (given.length === 0 || groups.length === 0) return { ports: [], unfed: [] };
  const index = new KDBush(groups.length);
  for (const { x, y } of groups) index.add(x, y);
  index.finish();
  const crosses = crossingTest(ground);
  const poleOf = new Map<number, number>();
  const pairs: { source: number; group: number; metres: number }[] = [];
  const offer = (source: number, position: Position) => {
    const [x, y] = ground.nodes.plane.toPlane(position);
    for (const group of index.within(x, y, searchRadius(rules.longestDrop))) {
      const there = groups[group];
      if (!there) continue;
      const metres = Math.hypot(there.x - x, there.y - y);
      if (!isWithin(metres, rules.longestDrop, position, there.position)) continue;
      const isAcross = crosses(position, there.position);
      if (rules.crossStreets || !isAcross)
        pairs.push({ source, group, metres: isAcross ? metres + SAME_SIDE : metres });
    }
  };
  for (const [splitter, { id, position, fed }] of given.entries()) {
    const pole = fed ? undefined : poleUnder(splitter, input, ground);
    if (!isPlace(position) || (!fed && pole === undefined)) {
      const message =
        'splitters have no position, or no fibre and no pole on a way to the feed: their ports stay free';
      remarks.gather('splitter-not-used', message, id);
      continue;
    }
    if (pole !== undefined) poleOf.set(splitter, pole);
    offer(splitter, position);
  }
  // The sources after the splitters are terminals.
  for (const [terminal, { position }] of (input.terminals ?? []).entries())
    offer(given.length + terminal, position);
  pairs.sort((a, b) => a.metres - b.metres || a.group - b.group || a.source - b.source);
  const free = new FreePorts(input, rules);
  const ports: ReusedPort[] = [];
  for (const { source, group, metres } of pairs) {
    const members = groups[group]?.members ?? [];
    while (members.length > 0) {
      const port = source < given.length ? free.atSplitter(source) : free.over(source - given.length, metres);
      const address = port && members.shift();
      if (!port || address === undefined) break;
      ports.push({ address, ...port });
    }
  }
  const used = new Set(ports.map(({ splitter }) => splitter));
  const unfed = Array.from(poleOf, ([splitter, pole]) => ({ splitter, pole })).filter(({ splitter }) =>
    used.has(splitter),
  );
  return { ports, unfed };
}

/** The ports and fibres that are still free. */
class FreePorts {
  readonly #input: PlanInput;
  readonly #rules: PlanRules;
  /** By splitter and by terminal; the next one is the last in its list. */
  readonly #splitters: number[][];
  readonly #terminals: number[][];
  readonly #fibres: Map<string, number>;
  readonly #numberOf: ReadonlyMap<string, number>;

  constructor(input: PlanInput, rules: PlanRules) {
    const listOf = (ports: readonly number[]) => [...new Set(ports.filter(isPort))].sort((a, b) => b - a);
    this.#input = input;
    this.#rules = rules;
    this.#splitters = (input.splitters ?? []).map(({ freePorts }) => listOf(freePorts));
    this.#terminals = (input.terminals ?? []).map(({ freePorts }) => listOf(freePorts));
    this.#fibres = new Map(input.freeFibres);
    this.#numberOf = new Map((input.splitters ?? []).map(({ id }, i) => [id, i]));
  }

  atSplitter(splitter: number): Omit<ReusedPort, 'address'> | undefined {
    const port = this.#splitters[splitter]?.pop();
    return port === undefined ? undefined : { splitter, port };
  }

  /** A port of the terminal, with a fibre in each cable on its way and a port of the splitter that feeds it. */
  over(number: number, dropMetres: number): Omit<ReusedPort, 'address'> | undefined {
    const terminal = this.#input.terminals?.[number];
    const own = this.#terminals[number]?.at(-1);
    if (!terminal || own === undefined) return undefined;
    for (const { splitter: id, cables, metres } of terminal.lines) {
      const splitter = this.#numberOf.get(id) ?? -1;
      if (!this.#hasFibres(cables) || !this.#isBright(splitter, metres + dropMetres)) continue;
      const port = this.#splitters[splitter]?.pop();
      if (port === undefined) continue;
      for (const cable of cables) this.#fibres.set(cable, (this.#fibres.get(cable) ?? 0) - 1);
      this.#terminals[number]?.pop();
      return { splitter, port, over: { terminal, port: own, cables, metres } };
    }
    return undefined;
  }

  #hasFibres(cables: readonly string[]): boolean {
    return cables.every((cable) => (this.#fibres.get(cable) ?? 0) > 0);
  }

  /** False where more light would be lost than the rules allow. */
  #isBright(number: number, beyond: number): boolean {
    const { wayMetres, ports } = this.#input.splitters?.[number] ?? {};
    if (wayMetres === undefined) return true;
    const splitterLoss =
      PLAN_SPLITTER_LOSS_DB[ports ?? this.#rules.splitterPorts] ?? this.#rules.splitterLoss;
    return (
      opticalLoss(wayMetres + beyond, { splitterLoss }) <= this.#rules.lossLimit - this.#rules.lossMargin
    );
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1;
}

function poleUnder(splitter: number, input: PlanInput, ground: Ground): number | undefined {
  const given = input.splitters?.[splitter];
  if (!given || !isPlace(given.position)) return undefined;
  const [x, y] = ground.nodes.plane.toPlane(given.position);
  const pole = ground.poles.findIndex(({ of, node }, i) => {
    if (!ground.isReachedPole(i)) return false;
    if (given.pole !== undefined) return input.poles[of]?.id === given.pole;
    return Math.hypot(ground.nodes.x(node) - x, ground.nodes.y(node) - y) <= ON_POLE;
  });
  return pole < 0 ? undefined : pole;
}
