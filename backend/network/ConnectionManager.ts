import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NetworkDataView, NetworkRecord } from './NetworkStore.ts';
import type { PinRange } from './PinRange.ts';
import { parseUrn } from './urn.ts';

/** Connects pins of equipment and cable segments of a view. */
export class ConnectionManager {
  readonly #view: NetworkDataView;

  constructor(view: NetworkDataView) {
    this.#view = view;
  }

  /**
   * Connects pins one by one, lowest to lowest, within a housing. Nothing is written where it rejects:
   * 'pin-range-mismatch' (different numbers of pins), 'pin-not-found' (no such pins on that side), 'pin-in-use'
   * (connected already, in master or in the design).
   */
  async connect(
    tech: 'fiber',
    housing: NetworkRecord,
    from: NetworkRecord,
    fromPins: PinRange,
    to: NetworkRecord,
    toPins: PinRange,
  ): Promise<NetworkRecord> {
    if (fromPins.size !== toPins.size) {
      throw new TaskRefusal({
        code: 'pin-range-mismatch',
        message: `${from.urn} ${fromPins} cannot be connected to ${to.urn} ${toPins}: give as many of each.`,
        details: { from: pinDetails(from, fromPins), to: pinDetails(to, toPins) },
      });
    }
    if (from.urn === to.urn && fromPins.side === toPins.side && overlaps(fromPins, toPins.low, toPins.high)) {
      throw pinInUse(from, fromPins, 'they would be connected to themselves');
    }
    await this.#refuseUnavailable(tech, from, fromPins);
    await this.#refuseUnavailable(tech, to, toPins);
    return this.#view.table('connection').insert({
      properties: {
        tech,
        housing: housing.urn,
        root_housing: housing.properties.root_housing ?? housing.urn,
        in_object: from.urn,
        in_side: fromPins.side,
        in_low: fromPins.low,
        in_high: fromPins.high,
        out_object: to.urn,
        out_side: toPins.side,
        out_low: toPins.low,
        out_high: toPins.high,
      },
    });
  }

  async #refuseUnavailable(tech: string, object: NetworkRecord, pins: PinRange): Promise<void> {
    if (object.table === 'cable_segment') {
      // It has its cable's fibres at both ends; equipment says how many ports it has on each side.
      const cable = parseUrn(object.properties.cable);
      const record = cable && (await this.#view.table('fiber_cable').get(cable.id));
      refuseMissing(object, pins, record?.properties[`${tech}_count`]);
    } else {
      refuseMissing(object, pins, object.properties[`n_${tech}_${pins.side}_ports`]);
    }
    const table = this.#view.table('connection');
    refuseUsed(object, pins, await table.filterOn('in_object', object.urn), 'in');
    refuseUsed(object, pins, await table.filterOn('out_object', object.urn), 'out');
  }
}

/** `end`: at which end of the connections the object is. */
function refuseUsed(
  object: NetworkRecord,
  pins: PinRange,
  connections: readonly NetworkRecord[],
  end: 'in' | 'out',
): void {
  for (const { urn, properties } of connections) {
    const { in_side, in_low, in_high, out_side, out_low, out_high } = properties;
    const used =
      end === 'in'
        ? in_side === pins.side && overlaps(pins, in_low, in_high)
        : out_side === pins.side && overlaps(pins, out_low, out_high);
    if (used) throw pinInUse(object, pins, `${urn} has connected them already`);
  }
}

function refuseMissing(object: NetworkRecord, pins: PinRange, ports: unknown): void {
  const count = typeof ports === 'number' ? ports : 0;
  if (pins.low >= 1 && pins.high <= count) return;
  const there = count === 0 ? 'it has none on that side' : `it has 1 to ${count} on that side`;
  throw new TaskRefusal({
    code: 'pin-not-found',
    message: `${object.urn} has no ${pins}: ${there}.`,
    details: { ...pinDetails(object, pins), count },
  });
}

function overlaps(pins: PinRange, low: unknown, high: unknown): boolean {
  return pins.low <= Number(high) && Number(low) <= pins.high;
}

function pinInUse(object: NetworkRecord, pins: PinRange, why: string): TaskRefusal {
  return new TaskRefusal({
    code: 'pin-in-use',
    message: `${object.urn} ${pins} cannot be connected: ${why}. Take free pins.`,
    details: pinDetails(object, pins),
  });
}

function pinDetails(object: NetworkRecord, { side, low, high }: PinRange) {
  return { object: object.urn, side, low, high };
}
