import type { NetworkState } from '../../backend/network/networkState.ts';

/** So many records are copied into the database at once. To copy a whole town held up its page. */
const ROWS_IN_A_PART = 1_000;

type Rows = NetworkState['streets'];

/** A state in pieces: all but the records, and the records in parts. The names of the parts say where they belong. */
export interface StateInParts {
  frame: Omit<NetworkState, 'streets'>;
  /** In the order in which their records follow each other. */
  names: string[];
}

/** Where the records of a table are: of streets, of master, or of a design by its place in the list. */
const placeOf = (layer: 'streets' | 'master' | number, table: string) => `${layer}/${table}`;

/** Takes a state apart. The parts of a table hold its records in their order. */
export function takeApart(state: NetworkState): StateInParts & { parts: Map<string, Rows> } {
  const parts = new Map<string, Rows>();
  const cut = (place: string, rows: Rows) => {
    for (let from = 0; from < rows.length; from += ROWS_IN_A_PART)
      parts.set(`${place}/${from / ROWS_IN_A_PART}`, rows.slice(from, from + ROWS_IN_A_PART));
  };
  const emptied = (layer: NetworkState['master'], name: 'master' | number) => {
    for (const [table, rows] of Object.entries(layer)) cut(placeOf(name, table), rows);
    return Object.fromEntries(Object.keys(layer).map((table) => [table, []]));
  };
  const { streets, ...rest } = state;
  cut(placeOf('streets', ''), streets);
  const frame = {
    ...rest,
    master: emptied(state.master, 'master'),
    designs: state.designs.map((design, index) => ({ ...design, layer: emptied(design.layer, index) })),
  };
  return { frame, names: [...parts.keys()], parts };
}

/** Puts a state together again. `parts` are in the order of `names`. */
export function putTogether(
  { frame, names }: StateInParts,
  parts: readonly (Rows | undefined)[],
): NetworkState {
  const streets: Rows = [];
  names.forEach((name, index) => {
    const [layer = '', table = ''] = name.split('/');
    const tables = layer === 'master' ? frame.master : frame.designs[Number(layer)]?.layer;
    const rows = layer === 'streets' ? streets : tables?.[table];
    for (const row of parts[index] ?? []) rows?.push(row);
  });
  return { ...frame, streets };
}

/** True where both are the same records: what is committed never changes, so each is the same object as long as it is. */
export function isSamePart(known: Rows | undefined, rows: Rows): boolean {
  return (
    known?.length === rows.length &&
    rows.every(([id, geometry, properties], index) => {
      const [knownId, knownGeometry, knownProperties] = known[index] ?? [];
      return id === knownId && geometry === knownGeometry && properties === knownProperties;
    })
  );
}
