import type { NetworkDataView, NetworkRecord } from './NetworkStore.ts';

const MOST_PORTS = 10_000;

export interface PortState {
  /** The ports on the side away from the feed that nothing is connected to, lowest first. */
  free: number[];
  /** All ports on that side. */
  count: number;
  /** True where something is connected to the other side. */
  isFed: boolean;
}

/** Says which ports of a splitter or a frame are free, in the view. */
export async function freePorts(
  view: NetworkDataView,
  { urn, properties }: NetworkRecord,
): Promise<PortState> {
  const given = Number(properties.n_fiber_out_ports ?? 0);
  const count = Number.isInteger(given) && given > 0 ? Math.min(given, MOST_PORTS) : 0;
  const isUsed = new Uint8Array(count + 1);
  let isFed = false;
  const connections = view.table('connection');
  for (const end of ['in', 'out'] as const) {
    for (const { properties: pins } of await connections.filterOn(`${end}_object`, urn)) {
      if (pins[`${end}_side`] === 'in') isFed = true;
      else isUsed.fill(1, Number(pins[`${end}_low`]), Number(pins[`${end}_high`]) + 1);
    }
  }
  const free: number[] = [];
  for (let port = 1; port <= count; port++) if (isUsed[port] === 0) free.push(port);
  return { free, count, isFed };
}
