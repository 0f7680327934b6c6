import { number, type PlanRecord, type PlanRecords, text } from './PlanRecords.ts';

export interface End {
  urn: string;
  side: string;
  pin: number;
}

export interface Passage {
  /** The cable, and the fibre in it. */
  cable: string;
  fibre: number;
  /** The structures at which the way enters the cable and leaves it. */
  from: string;
  to: string;
}

/** The connections by pin, and the fibres that they join. */
export class Patchwork {
  readonly problems: string[] = [];
  readonly #records: PlanRecords;
  readonly #other = new Map<string, { end: End; connection: PlanRecord }>();
  readonly #segmentsOf = new Map<string, PlanRecord[]>();

  constructor(records: PlanRecords) {
    this.#records = records;
    for (const segment of records.table('cable_segment')) {
      const there = this.#segmentsOf.get(text(segment, 'cable')) ?? [];
      there.push(segment);
      this.#segmentsOf.set(text(segment, 'cable'), there);
    }
    for (const list of this.#segmentsOf.values())
      list.sort((a, b) => number(a, 'sequence') - number(b, 'sequence'));
    for (const connection of records.table('connection')) this.#add(connection);
  }

  segmentsOf(cable: string): readonly PlanRecord[] {
    return this.#segmentsOf.get(cable) ?? [];
  }

  at(urn: string, side: string, pin: number): End | undefined {
    return this.#other.get(key({ urn, side, pin }))?.end;
  }

  /** Follows the fibre at a port to the port of the next piece of equipment. */
  follow(urn: string, side: string, pin: number): { end: End; way: Passage[] } | undefined {
    const way: Passage[] = [];
    let end = this.at(urn, side, pin);
    while (end?.urn.startsWith('cable_segment/')) {
      if (way.length > 10_000) return undefined;
      const next = this.#along(end, way);
      if (!next) return undefined;
      end = next;
    }
    return end && { end, way };
  }

  #along(start: End, way: Passage[]): End | undefined {
    const first = this.#records.get(start.urn);
    if (!first) return undefined;
    const segments = this.segmentsOf(text(first, 'cable'));
    const isDown = start.side === 'in';
    const from = text(first, isDown ? 'in_structure' : 'out_structure');
    for (let i = segments.indexOf(first); ; i += isDown ? 1 : -1) {
      const segment = segments[i];
      if (!segment) return undefined;
      const end = this.at(segment.urn, isDown ? 'out' : 'in', start.pin);
      const to = text(segment, isDown ? 'out_structure' : 'in_structure');
      if (end) {
        way.push({ cable: text(first, 'cable'), fibre: start.pin, from, to });
        return end;
      }
    }
  }

  #add(connection: PlanRecord): void {
    const size = number(connection, 'in_high') - number(connection, 'in_low') + 1;
    if (size !== number(connection, 'out_high') - number(connection, 'out_low') + 1 || !(size >= 1))
      this.problems.push(`${connection.urn} joins different numbers of pins`);
    for (let i = 0; i < size; i++) {
      const [a, b] = (['in', 'out'] as const).map(
        (end): End => ({
          urn: text(connection, `${end}_object`),
          side: text(connection, `${end}_side`),
          pin: number(connection, `${end}_low`) + i,
        }),
      );
      if (!a || !b) continue;
      this.#take(a, b, connection);
      this.#take(b, a, connection);
    }
  }

  #take(own: End, other: End, connection: PlanRecord): void {
    const say = (problem: string) => this.problems.push(`${connection.urn}: ${key(own)} ${problem}`);
    if (this.#other.has(key(own))) say('is used twice');
    this.#other.set(key(own), { end: other, connection });
    const object = this.#records.get(own.urn);
    if (!object) {
      say('is of nothing');
      return;
    }
    const cable = this.#records.get(object.properties.cable);
    const pins = cable ? number(cable, 'fiber_count') : number(object, `n_fiber_${own.side}_ports`);
    if (!(own.pin >= 1 && own.pin <= pins)) say(`does not exist: there are ${pins}`);
    const place = cable ? text(object, `${own.side}_structure`) : text(object, 'root_housing');
    if (place !== text(connection, 'root_housing'))
      say(`is at ${place}, and the connection at ${text(connection, 'root_housing')}`);
    if (!this.#records.get(connection.properties.housing)) say('is housed in nothing');
  }
}

function key({ urn, side, pin }: End): string {
  return `${urn} ${side} ${pin}`;
}
