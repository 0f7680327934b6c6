import type { Position } from '../../src/contract/index.ts';
import { freePorts } from '../network/freePorts.ts';
import { geodesicLength } from '../network/geodesy.ts';
import type { NetworkDataView, NetworkRecord } from '../network/NetworkStore.ts';
import { NetworkView } from '../network/NetworkView.ts';
import { PinRange } from '../network/PinRange.ts';
import type { Placed } from './connectionSite.ts';

/** Degrees, in both axes, from a pole whose splitter is full to the next one. */
const POLE_STEP = 0.00001;
/** Metres: far less than the step, and more than a store may round. */
const SAME_METRES = 0.05;
const FIRST_CABLE_NAME = 'DROP-6000';
/** A pole that is put where a design has none counts on from this name. */
const POLE_NAME_BEFORE_FIRST = 'POLE-999';

/** A splitter on a pole, with its free ports, lowest first. */
interface Site {
  pole: Placed;
  splitter: NetworkRecord;
  ports: number[];
}

/** The records that connect one address. */
export interface Drop {
  wallBox: NetworkRecord;
  route: NetworkRecord;
  cable: NetworkRecord;
  cableLengthMetres: number;
}

/**
 * Builds drops for the tasks that connect addresses. A drop goes from a splitter on a pole to an optical network
 * terminal (ONT) at an address, with one fibre. Begin with `equip()`; when `isFull`, go on with `addPole()`.
 */
export class DropBuilder {
  readonly #view: NetworkDataView;
  readonly #network: NetworkView;
  readonly #isNewPole: boolean;
  /** The pole after which the next new one is named and placed. */
  #last: Placed;
  /** Splitters with free ports, in the order in which they are used. */
  readonly #sites: Site[] = [];
  #cableName = FIRST_CABLE_NAME;

  constructor(view: NetworkDataView, pole: Placed, { isNewPole = false } = {}) {
    this.#view = view;
    this.#network = new NetworkView(view);
    this.#last = pole;
    this.#isNewPole = isNewPole;
  }

  /** A builder that begins with a new pole at the position. Call `equip()` next, as with any other. */
  static async atNewPole(view: NetworkDataView, coordinates: Position): Promise<DropBuilder> {
    const point: Placed['point'] = { type: 'Point', coordinates };
    const name = await freePoleName(view, POLE_NAME_BEFORE_FIRST);
    const record = await view.table('pole').insert({ geometry: point, properties: { name } });
    return new DropBuilder(view, { record, point }, { isNewPole: true });
  }

  /** The pole that the next drops begin at. */
  get pole(): Placed {
    return this.#sites[0]?.pole ?? this.#last;
  }

  /** True when every port of every splitter is taken. A splitter's record says how many it has. */
  get isFull(): boolean {
    return this.#sites.length === 0;
  }

  /**
   * Goes on where an earlier run ended: on the free ports of the splitters on the pole, and of those on the poles that were put
   * beside it, and after the names of older drops. Puts a splice closure with a splitter on a pole that has none.
   */
  async equip(): Promise<void> {
    this.#cableName = await this.#nextCableName();
    if (this.#isNewPole || !(await this.#findSites(this.#last))) await this.#equipPole(this.#last);
    if (!this.#isNewPole) await this.#findPolesBeside();
  }

  /** A new pole beside the last one, named after it, with a splice closure and a splitter. */
  async addPole(): Promise<NetworkRecord> {
    const { name: last } = this.#last.record.properties;
    const next: Placed['point'] = { type: 'Point', coordinates: beside(this.#last) };
    const name = typeof last === 'string' ? await freePoleName(this.#view, last) : null;
    const pole = await this.#insertPoint('pole', next, { name });
    this.#last = { record: pole, point: next };
    await this.#equipPole(this.#last);
    return pole;
  }

  /** Connects the address to the next free port. */
  async connect(address: Placed): Promise<Drop> {
    const site = this.#sites[0];
    const pin = site?.ports.shift();
    if (!site || pin === undefined) throw new Error('there is no free port: call equip() or addPole() first');
    if (site.ports.length === 0) this.#sites.shift();
    const { pole, splitter } = site;
    const wallBox = await this.#insertPoint('wall_box', address.point, {
      name: wallBoxName(address.record),
      address: address.record.urn,
    });
    const ont = await this.#insertPoint('fiber_ont', address.point, {
      name: 'ONT',
      n_fiber_in_ports: 64,
      housing: wallBox.urn,
      root_housing: wallBox.urn,
    });
    const route = await this.#createRoute(pole, wallBox, address.point.coordinates);
    const { cable, segments } = await this.#createCable(pole.record, wallBox);
    const first = segments[0];
    const last = segments.at(-1);
    if (!first || !last) throw new Error(`${cable.urn} has no segment to connect`);
    const { connections } = this.#network;
    const fibre = (side: 'in' | 'out') => new PinRange(side, 1, 1);
    const port = new PinRange('out', pin, pin);
    await connections.connect('fiber', splitter, splitter, port, first, fibre('in'));
    await connections.connect('fiber', ont, last, fibre('out'), ont, fibre('in'));
    return { wallBox, route, cable, cableLengthMetres: totalLength(segments) };
  }

  /** The splitters on the pole that have free ports. False where it has no splitter at all. */
  async #findSites(pole: Placed): Promise<boolean> {
    const splitters = await this.#view.table('fiber_splitter').filterOn('root_housing', pole.record.urn);
    for (const splitter of splitters) {
      const { free } = await freePorts(this.#view, splitter);
      if (free.length > 0) this.#sites.push({ pole, splitter, ports: free });
    }
    return splitters.length > 0;
  }

  /** An earlier run has put each further pole one step beside the one before. */
  async #findPolesBeside(): Promise<void> {
    const poles = this.#view.table('pole');
    for (;;) {
      const coordinates = beside(this.#last);
      const [record] = await poles.near(coordinates, { limit: 1, radiusMetres: SAME_METRES });
      const isBeside = record && record.design === this.#view.design && record.id !== this.#last.record.id;
      if (!isBeside || record.geometry?.type !== 'Point') return;
      this.#last = { record, point: record.geometry };
      await this.#findSites(this.#last);
    }
  }

  async #equipPole(at: Placed): Promise<void> {
    const { record: pole, point } = at;
    const closure = await this.#insertPoint('splice_closure', point, {
      name: 'Splice Closure',
      specification: 'CS-FOSC-400B4-S24-4-NNN',
      housing: pole.urn,
      root_housing: pole.urn,
    });
    const splitter = await this.#insertPoint('fiber_splitter', point, {
      name: 'Fiber Splitter',
      n_fiber_in_ports: 1,
      n_fiber_out_ports: 64,
      housing: closure.urn,
      root_housing: pole.urn,
    });
    const { free: ports } = await freePorts(this.#view, splitter);
    this.#sites.push({ pole: at, splitter, ports });
  }

  #createRoute(pole: Placed, wallBox: NetworkRecord, at: Position): Promise<NetworkRecord> {
    const line = [pole.point.coordinates, at];
    return this.#view.table('oh_route').insert({
      geometry: { type: 'LineString', coordinates: line },
      properties: {
        in_structure: pole.record.urn,
        out_structure: wallBox.urn,
        length: geodesicLength(line),
      },
    });
  }

  async #createCable(pole: NetworkRecord, wallBox: NetworkRecord) {
    const cable = await this.#view.table('fiber_cable').insert({
      properties: { name: this.#cableName, fiber_count: 16, directed: true },
    });
    this.#cableName = incrementName(this.#cableName);
    const routes = await this.#network.cables.findPath([pole, wallBox]);
    return { cable, segments: await this.#network.cables.route(cable, routes, pole) };
  }

  #insertPoint(
    table: 'pole' | 'splice_closure' | 'fiber_splitter' | 'wall_box' | 'fiber_ont',
    geometry: Placed['point'],
    properties: Record<string, unknown>,
  ): Promise<NetworkRecord> {
    return this.#view.table(table).insert({ geometry, properties });
  }

  async #nextCableName(): Promise<string> {
    let newest: string | undefined;
    let highest = -1n;
    for (const { properties } of await this.#view.table('fiber_cable').recs()) {
      const { name } = properties;
      const number = typeof name === 'string' ? /^DROP-(\d+)$/.exec(name)?.[1] : undefined;
      if (number === undefined || BigInt(number) <= highest) continue;
      highest = BigInt(number);
      newest = `DROP-${number}`;
    }
    return newest === undefined ? FIRST_CABLE_NAME : incrementName(newest);
  }
}

/**
 * Counts the name up to the next one that no pole has, in master or in any design: 'P-009' -> 'P-010'. The name is
 * reserved, because tasks in two designs may run at the same time: neither sees what the other is about to store, and
 * both may count on from the same name.
 */
async function freePoleName(view: NetworkDataView, last: string): Promise<string> {
  const poles = view.table('pole');
  for (let name = last; ; ) {
    const next = incrementName(name);
    name = next === name ? `${name}-1` : next;
    const taken = await poles.filterOn('name', name, { limit: 1 });
    if (taken.length === 0 && (await poles.reserveName(name))) return name;
  }
}

function beside({ point }: Placed): Position {
  const [longitude, latitude] = point.coordinates;
  return [longitude + POLE_STEP, latitude + POLE_STEP];
}

function wallBoxName({ properties: { street_name, street_number } }: NetworkRecord): string {
  return street_name == null || street_number == null
    ? 'Wall Box'
    : `${street_name} ${street_number} Wall Box`;
}

function totalLength(segments: readonly NetworkRecord[]): number {
  return segments.reduce((sum, { properties }) => sum + Number(properties.length), 0);
}

/**
 * The name with its trailing number one higher, padding kept: 'DROP-6000' -> 'DROP-6001', 'P-009' -> 'P-010',
 * 'P-999' -> 'P-1000'. A name that does not end in a number comes back unchanged.
 */
export function incrementName(name: string): string {
  let start = name.length;
  while (start > 0 && isDigit(name.charCodeAt(start - 1))) start--;
  if (start === name.length) return name;
  const digits = name.slice(start);
  // A number may have more digits than a double holds.
  const next = (BigInt(digits) + 1n).toString();
  return name.slice(0, start) + next.padStart(digits.length, '0');
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
