import type { DesignInfo, NetworkRecord, RecordChange } from './NetworkStore.ts';
import { inOrder, RecordList } from './RecordList.ts';
import type { ChangeSet, LayerState } from './undo/undoTypes.ts';

/** A record of a table, or a street. */
export type MapRecord = NetworkRecord;

/** One table in one layer: the layer's records, and which records of the layers below it hides. */
export interface TableLayer {
  /** The records that the layer adds, and its versions of those that it changes. */
  readonly list: RecordList;
  /**
   * The ids of the records below that the layer changes or deletes. Each has the version of master that the change was
   * made on, so that `postDesign` notices what has changed in master since.
   */
  readonly hidden: Map<number, number>;
  /**
   * In the layer of a transaction that undoes: how the layer below is to have these records after the commit. `list` and `hidden` say
   * of them what the transaction sees.
   */
  readonly exact: Map<number, LayerState>;
}

/** The records of one layer (master, a design, a transaction), by table. */
export class Layer {
  readonly #tables = new Map<string, TableLayer>();

  table(name: string): TableLayer {
    let table = this.#tables.get(name);
    if (!table) {
      table = { list: new RecordList(), hidden: new Map(), exact: new Map() };
      this.#tables.set(name, table);
    }
    return table;
  }

  /** The table, where the layer has anything of it or was asked for it. */
  known(name: string): TableLayer | undefined {
    return this.#tables.get(name);
  }

  get isEmpty(): boolean {
    return [...this.#tables.values()].every(
      ({ list, hidden, exact }) => list.rows.length + hidden.size + exact.size === 0,
    );
  }

  /** The tables that the layer has anything of, or was asked for. */
  entries(): IterableIterator<[name: string, table: TableLayer]> {
    return this.#tables.entries();
  }

  /** Takes over all of a layer that was written over this one, which is not used any more. */
  absorb(upper: Layer): void {
    for (const [name, from] of upper.#tables) {
      const to = this.table(name);
      if (from.exact.size > 0) {
        absorbExact(to, from);
        continue;
      }
      if (from.hidden.size === 0) {
        to.list.absorb(from.list);
        continue;
      }
      for (const [id, version] of from.hidden) {
        // A record that this layer does not have lies below it. The layer keeps the version that it changed first.
        if (!to.list.get(id)) to.hidden.set(id, to.hidden.get(id) ?? version);
        else if (!from.list.get(id)) to.list.remove(id);
      }
      to.list.putAll(from.list.rows);
    }
  }

  /** A layer of its own with the same records. */
  copy(): Layer {
    const copy = new Layer();
    for (const [name, { list, hidden, exact }] of this.#tables) {
      copy.#tables.set(name, { list: list.copy(), hidden: new Map(hidden), exact: new Map(exact) });
    }
    return copy;
  }
}

/** Takes over a table of a transaction that undoes, and so wrote nothing else there. */
function absorbExact(to: TableLayer, { exact }: TableLayer): void {
  const records: NetworkRecord[] = [];
  const gone: number[] = [];
  for (const [id, { record, hidden }] of exact) {
    if (record) records.push(record);
    else gone.push(id);
    if (hidden === undefined) to.hidden.delete(id);
    else to.hidden.set(id, hidden);
  }
  to.list.removeAll(gone);
  to.list.putAll(inOrder(records));
}

/** Gives the records of a table that the layers, lowest first, show, in order of id. */
export function visibleRecords(layers: readonly TableLayer[]): readonly NetworkRecord[] {
  const found: NetworkRecord[] = [];
  for (const [i, { list }] of layers.entries()) {
    const isHidden = hiddenAbove(layers, i);
    for (const record of list.rows) if (!isHidden?.(record.id)) found.push(record);
  }
  return inOrder(found);
}

/** Says whether a layer above this one hides a record; undefined where none of them hides any. */
export function hiddenAbove(
  layers: readonly TableLayer[],
  at: number,
): ((id: number) => boolean) | undefined {
  const above = layers.slice(at + 1).flatMap(({ hidden }) => (hidden.size > 0 ? [hidden] : []));
  return above.length === 0 ? undefined : (id) => above.some((hidden) => hidden.has(id));
}

/** A layer that transactions write to. */
export interface CommittedLayer {
  /** null: master. */
  readonly info: DesignInfo | null;
  readonly layer: Layer;
  /** Raised by every commit to it. */
  version: number;
}

/** A design's own records, over master. */
export interface DesignLayer extends CommittedLayer {
  readonly info: DesignInfo;
  /** The commits to it, oldest first, as far as they are kept: see keptSets. */
  history: readonly ChangeSet[];
}

export interface MasterLayer extends CommittedLayer {
  readonly info: null;
  /** By table and id: the version of master that changed or deleted a record last. Records that were only loaded are not in it. */
  readonly changedAt: Map<string, Map<number, number>>;
}

/**
 * Records that a task has inserted: those of the table whose ids are in the range. No id is given out twice, so the records
 * themselves need not say who made them, and thousands of them take one range.
 */
export interface BuiltRange {
  table: string;
  firstId: number;
  /** At least `firstId`. */
  lastId: number;
  /** The name of the design that has them, without 'design/'. Null: it was posted, and master has them. */
  design: string | null;
}

/** By id of the task. */
export type BuiltByTask = Map<string, readonly BuiltRange[]>;

/** All that is committed. */
export interface Network {
  /** With the streets, which are a table of master alone. */
  master: MasterLayer;
  /** By name, in order of name. */
  designs: Map<string, DesignLayer>;
  /** The newest id given out, by table. Never goes back: ids of a rolled back transaction are not used again. */
  lastIds: Map<string, number>;
  /** The design that reserved a name: by table, then by name. Not stored: what is committed holds its names itself. */
  reservedNames: Map<string, Map<string, DesignLayer>>;
  /** The records that each task has inserted. */
  built: BuiltByTask;
}

export function createNetwork(designs: readonly DesignInfo[]): Network {
  const sorted = [...designs].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    master: { info: null, layer: new Layer(), version: 0, changedAt: new Map() },
    designs: new Map(
      sorted.map((info) => [info.name, { info, layer: new Layer(), version: 0, history: [] }]),
    ),
    lastIds: new Map(),
    reservedNames: new Map(),
    built: new Map(),
  };
}

/** The next id of the table, which is then taken. */
export function takeId({ lastIds }: Network, table: string): number {
  const id = (lastIds.get(table) ?? 0) + 1;
  lastIds.set(table, id);
  return id;
}

/** Ids of records that are never stored begin here: far above all that a table gives out, and still whole numbers. */
const UNSTORED_ID = 2 ** 52;

/** Gives the ids of a rehearsal, which are taken from no table. Each rehearsal has its own. */
export class UnstoredIds {
  readonly #last = new Map<string, number>();

  take(table: string): number {
    const id = (this.#last.get(table) ?? UNSTORED_ID) + 1;
    this.#last.set(table, id);
    return id;
  }
}

/** True where the design may have the name; see `reserveName`. */
export function isNameFree(network: Network, table: string, name: string, design: DesignLayer): boolean {
  const others = Array.from(network.designs.values()).filter((other) => other !== design);
  for (const { layer } of [network.master, ...others]) {
    if (layer.known(table)?.list.matching('name', name, 1)?.length) return false;
  }
  const by = network.reservedNames.get(table)?.get(name);
  return by === undefined || by === design;
}

/**
 * Reserves a name of the table for the design. Returns false where a record of master or of another design has the name,
 * or where another design reserved it.
 */
export function reserveName(network: Network, table: string, name: string, design: DesignLayer): boolean {
  if (!isNameFree(network, table, name, design)) return false;
  let reserved = network.reservedNames.get(table);
  if (!reserved) {
    reserved = new Map();
    network.reservedNames.set(table, reserved);
  }
  reserved.set(name, design);
  return true;
}

/** A record as it is stored: the properties are copied, so that whoever gave them may go on using them. */
export function createRecord(
  table: string,
  id: number,
  design: string | null,
  geometry: NetworkRecord['geometry'],
  properties: Readonly<Record<string, unknown>>,
): NetworkRecord {
  return { id, table, urn: `${table}/${id}`, design, geometry, properties: Object.freeze({ ...properties }) };
}

/** The record with the change, as a version of the design's. */
export function changedRecord(
  { table, id, geometry, properties }: NetworkRecord,
  change: RecordChange,
  design: string | null,
): NetworkRecord {
  const merged = Object.entries({ ...properties, ...change.properties }).filter(
    ([, value]) => value !== undefined,
  );
  return createRecord(
    table,
    id,
    design,
    change.geometry === undefined ? geometry : change.geometry,
    Object.fromEntries(merged),
  );
}

/**
 * Writes over a record that the transaction sees: with another version of it, or with none, which deletes it. `version`:
 * master's, when the transaction read the record or before.
 */
export function overwrite(
  { list, hidden }: TableLayer,
  id: number,
  record: NetworkRecord | undefined,
  version: number,
): void {
  // A record that is not the transaction's own yet lies below it.
  if (!list.get(id)) hidden.set(id, version);
  if (record) list.put(record);
  else list.remove(id);
}
