import type { Position } from '../../../src/contract/index.ts';
import { yieldToEventLoop } from '../../common/yieldToEventLoop.ts';
import type { NetworkRecord } from '../../network/NetworkStore.ts';
import { parseUrn } from '../../network/urn.ts';
import type { ExistingWay, Plan } from '../../planning/Plan.ts';
import { writeDrops } from './DropWriter.ts';
import { FibreWays } from './FibreWays.ts';
import { framePorts } from './framePorts.ts';
import type { PlanLayout } from './layoutPlan.ts';
import { Patches, type Pin } from './Patches.ts';
import { PlanNames } from './PlanNames.ts';
import type { Plant } from './Plant.ts';
import { housedIn, type RecordSink } from './RecordSink.ts';
import type { ReadLines } from './readFreeLines.ts';

/** Addresses between two pauses: some milliseconds of work. */
const BATCH = 500;

export interface WriteOptions {
  plan: Plan;
  layout: PlanLayout;
  plant: Plant;
  lines: ReadLines;
  /** By URN. */
  addresses: ReadonlyMap<string, NetworkRecord>;
  sink: RecordSink;
  /** Hears what comes next. */
  onStep(step: 'routes' | 'cables' | 'splices' | 'drops'): void;
}

/** Writes the records of a plan into the design of the sink's view. A plan that serves nobody needs none. */
export async function writePlan(options: WriteOptions): Promise<void> {
  const { plan, sink } = options;
  if (plan.served.length === 0) return;
  await new PlanWriter(options, await PlanNames.reserve(sink.view)).write();
}

class PlanWriter {
  readonly #options: WriteOptions;
  readonly #patches: Patches;
  readonly #names: PlanNames;
  /** By node of the plan. */
  readonly #structures = new Map<number, NetworkRecord>();
  readonly #closures = new Map<number, NetworkRecord>();
  /** By number in the plan, or in its layout. */
  readonly #routes: NetworkRecord[] = [];
  readonly #splitters: NetworkRecord[] = [];
  readonly #terminals: NetworkRecord[] = [];
  readonly #segments: NetworkRecord[][] = [];

  constructor(options: WriteOptions, names: PlanNames) {
    this.#options = options;
    this.#names = names;
    this.#patches = new Patches(options.sink);
  }

  async write(): Promise<void> {
    const { plan, layout, sink, onStep, addresses } = this.#options;
    onStep('routes');
    for (const node of layout.structures.keys()) await this.#writeStructure(node);
    await this.#writeRoutes();
    await this.#writeEquipment();
    onStep('cables');
    await this.#writeCables();
    onStep('splices');
    await this.#connect();
    await this.#patches.write();
    onStep('drops');
    const [splitters, terminals] = [this.#splitters, this.#terminals];
    await writeDrops({
      plan,
      addresses,
      existing: this.#options.lines.records,
      splitters,
      terminals,
      sink,
      names: this.#names,
      patches: this.#patches,
    });
    await this.#patches.write();
    await sink.flush();
  }

  async #writeStructure(node: number): Promise<void> {
    const { layout, plant, sink } = this.#options;
    const laid = layout.structures.get(node);
    if (!laid) return;
    const id = parseUrn(laid.pole)?.id;
    const pole = id === undefined ? undefined : await sink.view.table('pole').get(id);
    const there = pole ?? plant.handholeAt(laid.position);
    const name = () => this.#names.next('HH');
    this.#structures.set(node, there ?? (await sink.insert('handhole', { name: name() }, laid.position)));
  }

  async #writeRoutes(): Promise<void> {
    const { layout, plant, sink } = this.#options;
    for (const { from, to, kind, coordinates, metres } of layout.routes) {
      const table = kind === 'street' ? 'ug_route' : 'oh_route';
      const [one, other] = [this.#structure(from).urn, this.#structure(to).urn];
      const there = plant.routeBetween(table, one, other);
      const properties = { kind, in_structure: one, out_structure: other, length: metres };
      this.#routes.push(there ?? (await sink.insert(table, properties, coordinates)));
    }
  }

  async #writeEquipment(): Promise<void> {
    const { plan, layout, plant, sink } = this.#options;
    for (const node of layout.closures) {
      const properties = { name: this.#names.next('CL'), ...housedIn(this.#structure(node)) };
      this.#closures.set(node, await sink.insert('splice_closure', properties, this.#placeOf(node)));
    }
    for (const { node, ports, existing } of plan.splitters) {
      const there = existing === undefined ? undefined : plant.records.get(existing);
      this.#splitters.push(there ?? (await this.#writeSplitter(node ?? -1, ports)));
    }
    for (const { node, ports } of plan.terminals) {
      const properties = {
        name: this.#names.next('T'),
        n_fiber_in_ports: ports,
        n_fiber_out_ports: ports,
        ...housedIn(this.#structure(node)),
      };
      this.#terminals.push(await sink.insert('fiber_terminal', properties, this.#placeOf(node)));
    }
  }

  #writeSplitter(node: number, ports: number): Promise<NetworkRecord> {
    const properties = {
      name: this.#names.next('SP'),
      n_fiber_in_ports: 1,
      n_fiber_out_ports: ports,
      housing: this.#closure(node).urn,
      root_housing: this.#structure(node).urn,
      way_metres: this.#options.layout.depths[node] ?? 0,
    };
    return this.#options.sink.insert('fiber_splitter', properties, this.#placeOf(node));
  }

  async #writeCables(): Promise<void> {
    const { plan, layout, sink } = this.#options;
    for (const [cable, { kind, size, metres, slackMetres }] of plan.cables.entries()) {
      const nodes = layout.cables[cable] ?? [];
      const properties = {
        name: this.#names.next('C'),
        kind,
        fiber_count: size,
        directed: true,
        length_metres: metres,
        slack_metres: slackMetres,
      };
      const record = await sink.insert('fiber_cable', properties, lineThrough(nodes, layout));
      const segments: NetworkRecord[] = [];
      for (const [i, to] of nodes.slice(1).entries()) {
        const route = this.#routes[layout.routeTo.get(to) ?? -1];
        if (!route) throw new Error(`no route leads to node ${to}`);
        const properties = {
          cable: record.urn,
          sequence: i + 1,
          ...housedIn(route),
          in_structure: this.#structure(nodes[i] ?? -1).urn,
          out_structure: this.#structure(to).urn,
          length: route.properties.length,
        };
        segments.push(await sink.insert('cable_segment', properties));
      }
      this.#segments.push(segments);
    }
  }

  /** Joins the frame to the splitters, and these to the terminals. */
  async #connect(): Promise<void> {
    const { plan, layout } = this.#options;
    const ways = new FibreWays(plan, layout, this.#segments);
    const join = (
      [fromHousing, from]: readonly [NetworkRecord, Pin],
      [toHousing, to]: readonly [NetworkRecord, Pin],
      way: ReturnType<FibreWays['pins']>,
    ) => {
      if (!way) {
        this.#patches.connect(fromHousing, from, to);
        return;
      }
      this.#patches.connect(fromHousing, from, way.first);
      for (const splice of way.splices)
        this.#patches.connect(this.#closure(splice.node), splice.from, splice.to);
      this.#patches.connect(toHousing, way.last, to);
    };
    const feed = plan.feed ?? -1;
    const fed = plan.splitters.filter(({ node }) => node !== undefined).length;
    const ports = fed === 0 ? [] : await this.#framePorts(feed, fed);
    for (const [i, { node, way }] of plan.splitters.entries()) {
      if (node === undefined) continue;
      const [splitter, port] = [this.#splitters[i], ports.shift()];
      if (!splitter || !port) throw new Error(`splitter ${i} has no port at the feed`);
      const input: Pin = { object: splitter, side: 'in', pin: 1 };
      join([port.object, port], [splitter, input], ways.pins(way, feed, node));
    }
    for (const [
      i,
      { terminal: number, terminalPort, splitter: of, splitterPort, way, over },
    ] of plan.served.entries()) {
      if (i % BATCH === BATCH - 1) await yieldToEventLoop();
      if (over) this.#connectOver(over, of, splitterPort);
      if (number === null || terminalPort === null) continue;
      const [splitter, terminal] = [this.#splitters[of], this.#terminals[number]];
      if (!splitter || !terminal) throw new Error(`terminal ${number} has no splitter`);
      const from: Pin = { object: splitter, side: 'out', pin: splitterPort };
      const to: Pin = { object: terminal, side: 'in', pin: terminalPort };
      const [start, end] = [plan.splitters[of]?.node ?? -1, plan.terminals[number]?.node ?? -1];
      join([splitter, from], [terminal, to], ways.pins(way, start, end));
    }
  }

  /** Joins a port of a splitter to one of a terminal, both of which were there, over fibres that are free. */
  #connectOver(over: ExistingWay, splitter: number, pin: number): void {
    const { lines } = this.#options;
    const [from, to] = [this.#splitters[splitter], lines.records.get(over.terminal)];
    if (!from || !to) throw new Error(`${over.terminal} has no splitter`);
    const end: Pin = { object: to, side: 'in', pin: over.port };
    lines.lines.connect(over, { object: from, side: 'out', pin }, end, this.#patches);
  }

  /** So many free ports of the frames at the feed, and of a new one where they have too few. */
  async #framePorts(feed: number, wanted: number): Promise<Pin[]> {
    const { plant, sink } = this.#options;
    const structure = this.#structure(feed);
    const ports = plant.frames
      .filter(({ record }) => record.properties.root_housing === structure.urn)
      .flatMap(({ record, freePorts }) =>
        freePorts.map((pin): Pin => ({ object: record, side: 'out', pin })),
      );
    const missing = wanted - ports.length;
    if (missing <= 0) return ports;
    const properties = {
      name: this.#names.next('ODF'),
      n_fiber_in_ports: 0,
      n_fiber_out_ports: framePorts(missing),
      ...housedIn(structure),
    };
    const object = await sink.insert('fiber_odf', properties, this.#placeOf(feed));
    for (let pin = 1; pin <= missing; pin++) ports.push({ object, side: 'out', pin });
    return ports;
  }

  #structure(node: number): NetworkRecord {
    const structure = this.#structures.get(node);
    if (!structure) throw new Error(`node ${node} of the plan is no structure`);
    return structure;
  }

  #closure(node: number): NetworkRecord {
    const closure = this.#closures.get(node);
    if (!closure) throw new Error(`node ${node} of the plan has no closure`);
    return closure;
  }

  #placeOf(node: number): Position {
    const position = this.#options.layout.structures.get(node)?.position;
    if (!position) throw new Error(`node ${node} of the plan is no structure`);
    return position;
  }
}

/** Returns the way of a cable over the routes that it lies in, for the map; undefined where it has none. */
function lineThrough(nodes: readonly number[], { routes, routeTo }: PlanLayout): Position[] | undefined {
  const line: Position[] = [];
  for (const to of nodes.slice(1)) {
    const { coordinates = [] } = routes[routeTo.get(to) ?? -1] ?? {};
    line.push(...(line.length === 0 ? coordinates : coordinates.slice(1)));
  }
  return line.length > 1 ? line : undefined;
}
