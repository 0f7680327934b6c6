import type { Geometry } from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';

/** A table of the network, as every store needs to know it. */
export interface TableDefinition<Name extends string = string> {
  readonly name: Name;
  /** The kind of geometry that its records may have; null: none. A record may always be without. */
  readonly geometry: Geometry['type'] | null;
  /** Properties that `filterOn` finds by an index. It finds by every other property too, only more slowly. */
  readonly indexed: readonly string[];
}

/** A table as an author writes it: `geometry` is null and `indexed` is empty where they are left out. */
export type TableDraft<Name extends string = string> = Pick<TableDefinition<Name>, 'name'> &
  Partial<TableDefinition<Name>>;

/** The names of the tables that ship, in the order in which features come. */
export const TABLES = [
  'pole',
  'address',
  'handhole',
  'fiber_odf',
  'splice_closure',
  'fiber_splitter',
  'fiber_terminal',
  'wall_box',
  'fiber_ont',
  'oh_route',
  'ug_route',
  'fiber_cable',
  'cable_segment',
  'connection',
] as const;
export type ShippedTable = (typeof TABLES)[number];

/** A table's name: one that ships, or one of the author's own. An editor offers the ones that ship. */
export type TableName = ShippedTable | (string & Record<never, never>);

/** The streets of the town. An edit of master changes them, and tasks only read them. */
export const STREET = 'street';
const STREETS: TableDefinition = { name: STREET, geometry: 'LineString', indexed: [] };
/** The name of a table that a map can show. */
export type FeatureTable = TableName | typeof STREET;

const HOUSED = ['housing', 'root_housing'];
const SHIPPED: Record<ShippedTable, Omit<TableDefinition, 'name'>> = {
  pole: { geometry: 'Point', indexed: ['name'] },
  address: { geometry: 'Point', indexed: [] },
  handhole: { geometry: 'Point', indexed: ['name'] },
  fiber_odf: { geometry: 'Point', indexed: ['name', ...HOUSED] },
  splice_closure: { geometry: 'Point', indexed: HOUSED },
  fiber_splitter: { geometry: 'Point', indexed: HOUSED },
  fiber_terminal: { geometry: 'Point', indexed: HOUSED },
  wall_box: { geometry: 'Point', indexed: ['address'] },
  fiber_ont: { geometry: 'Point', indexed: HOUSED },
  oh_route: { geometry: 'LineString', indexed: ['in_structure', 'out_structure'] },
  ug_route: { geometry: 'LineString', indexed: ['in_structure', 'out_structure'] },
  fiber_cable: { geometry: 'LineString', indexed: ['name'] },
  cable_segment: { geometry: 'LineString', indexed: ['cable', ...HOUSED, 'in_structure', 'out_structure'] },
  connection: { geometry: null, indexed: [...HOUSED, 'in_object', 'out_object'] },
};

/** They travel in URLs, in URNs (`table/id`) and as names in databases, where 63 characters are the most. */
const TABLE_NAME = /^[a-z][a-z0-9_]{0,29}$/;
const PROPERTY_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,29}$/;
const RESERVED: ReadonlySet<string> = new Set([...TABLES, STREET, 'design']);
const MAX_TABLES = 100;
const MAX_INDEXED = 20;

/**
 * Checks and completes an author's own tables. Give the result to a store, to `createMockBackend({ tables })`, or export
 * it as `tables` from the file that `lrt-server --tasks` loads. Throws a TypeError that names the table and the field.
 *
 * @example
 * const tables = defineTables([{ name: 'inspection', geometry: 'Point', indexed: ['pole'] }]);
 */
export function defineTables<const Name extends string>(
  drafts: readonly TableDraft<Name>[],
): readonly TableDefinition<Name>[] {
  parseTables(drafts);
  return drafts.map(({ name, geometry = null, indexed = [] }) => ({ name, geometry, indexed: [...indexed] }));
}

/** As `defineTables`, for what a module exports: it may be anything. */
export function parseTables(input: unknown): readonly TableDefinition[] {
  if (!Array.isArray(input))
    throw new TypeError('defineTables: give an array of { name, geometry, indexed }');
  if (input.length > MAX_TABLES) {
    throw new TypeError(`defineTables: there are ${input.length} tables; at most ${MAX_TABLES} are taken`);
  }
  const names = new Set<string>();
  return input.map((draft: unknown): TableDefinition => {
    const { name, geometry = null, indexed = [] } = isRecord(draft) ? draft : {};
    const refusal = (field: string, expected: string) =>
      new TypeError(`defineTables(${JSON.stringify(name) ?? '?'}): "${field}" must be ${expected}`);
    if (typeof name !== 'string' || !TABLE_NAME.test(name)) {
      throw refusal('name', 'small letters, digits and "_", starting with a letter, 1 to 30 of them');
    }
    if (RESERVED.has(name)) {
      throw refusal('name', `another one: ${[...RESERVED].join(', ')} are tables that every network has`);
    }
    if (names.has(name)) throw refusal('name', 'another one: an earlier table has it');
    names.add(name);
    if (!isGeometryType(geometry)) {
      throw refusal(
        'geometry',
        '"Point", "LineString" or "Polygon", or null or left out where there is none',
      );
    }
    if (!Array.isArray(indexed) || indexed.length > MAX_INDEXED || !indexed.every(isProperty)) {
      throw refusal(
        'indexed',
        `an array of at most ${MAX_INDEXED} names of properties, of letters, digits and "_", 1 to 30 of them, ` +
          'without "id", which is always indexed; or left out',
      );
    }
    return { name, geometry, indexed };
  });
}

function isGeometryType(value: unknown): value is TableDefinition['geometry'] {
  return value === null || value === 'Point' || value === 'LineString' || value === 'Polygon';
}

function isProperty(value: unknown): value is string {
  return typeof value === 'string' && PROPERTY_NAME.test(value) && value !== 'id';
}

/** The tables of one store, by name: those that ship, then the author's own. */
export class NetworkTables {
  /** In the order in which features come. */
  readonly all: readonly TableDefinition[];
  /** The author's own. */
  readonly own: readonly TableDefinition[];
  /** The names that a map can ask for: those of all tables, then 'street'. */
  readonly featureTables: readonly string[];
  readonly #byName: ReadonlyMap<string, TableDefinition>;

  /** Throws a TypeError as `defineTables` does. */
  constructor(own: readonly TableDraft[] = []) {
    this.own = defineTables(own);
    this.all = [...TABLES.map((name) => ({ name, ...SHIPPED[name] })), ...this.own];
    this.featureTables = [...this.all.map(({ name }) => name), STREET];
    this.#byName = new Map(this.all.map((table) => [table.name, table]));
  }

  /** With `streets`, these are a table too. Throws a TaskRefusal 'unknown-table' that names the tables there are. */
  get(name: string, { streets = false } = {}): TableDefinition {
    const table = streets && name === STREET ? STREETS : this.#byName.get(name);
    if (table) return table;
    const names = [...this.#byName.keys(), ...(streets ? [STREET] : [])];
    throw new TaskRefusal({
      code: 'unknown-table',
      message: `There is no table '${name}'; there are: ${names.join(', ')}. Define further ones with defineTables.`,
      details: { table: name, tables: names },
    });
  }
}
