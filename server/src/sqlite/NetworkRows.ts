import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { mapTables } from '../../../backend/network/layers.ts';
import type { DesignWrites } from '../../../backend/network/MemoryTransaction.ts';
import { type FeatureTable, type NetworkRecord, TABLES } from '../../../backend/network/NetworkStore.ts';
import type { NetworkState } from '../../../backend/network/networkState.ts';

/** Each table of each layer as one JSON text: read row by row they take half as long again. */
const ALL_ROWS = `
  SELECT feature_table, design,
    '[' || group_concat('[' || id || ',' || ifnull(geometry, 'null') || ',' || properties || ']', ',' ORDER BY id) || ']' AS rows
  FROM record GROUP BY feature_table, design`;

type Row = Pick<NetworkRecord, 'id' | 'geometry' | 'properties'>;

/** The network in the tables `design`, `record` and `last_id`. Whoever calls has begun a transaction. */
export class NetworkRows {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #raiseVersion: StatementSync;
  readonly #raiseId: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)');
    this.#raiseVersion = database.prepare('UPDATE design SET version = version + 1 WHERE name = ?');
    this.#raiseId = database.prepare('UPDATE last_id SET id = max(id, ?) WHERE feature_table = ?');
  }

  /** Of a file without a network. */
  writeAll({ master, streets, designs, lastIds }: NetworkState): void {
    const design = this.#database.prepare('INSERT INTO design VALUES (?, ?, ?)');
    const lastId = this.#database.prepare('INSERT INTO last_id VALUES (?, ?)');
    const add = (table: FeatureTable, name: string | null, rows: NetworkState['streets']) => {
      for (const [id, geometry, properties] of rows)
        this.#insertRow(table, name, { id, geometry, properties });
    };
    add('street', null, streets);
    for (const table of TABLES) {
      lastId.run(table, lastIds[table]);
      add(table, null, master[table]);
    }
    for (const { info, version, layer } of designs) {
      design.run(info.name, JSON.stringify(info.geometry), version);
      for (const table of TABLES) add(table, info.name, layer[table]);
    }
  }

  write(writes: readonly DesignWrites[]): void {
    for (const { info, layer } of writes) {
      this.#raiseVersion.run(info.name);
      for (const table of TABLES) {
        const { rows } = layer[table];
        for (const record of rows) this.#insertRow(table, info.name, record);
        this.#raiseId.run(rows.at(-1)?.id ?? 0, table);
      }
    }
  }

  /** What MemoryStore.fromState() takes and checks. Throws where a text is not JSON. */
  read(): unknown {
    const layer = (): Record<string, unknown> => mapTables(() => []);
    const master: Record<string, unknown> = { ...layer(), street: [] };
    const designs = this.#database
      .prepare('SELECT * FROM design ORDER BY name')
      .all()
      .map(({ name, geometry, version }) => ({
        info: { name, geometry: parse(geometry) },
        version,
        layer: layer(),
      }));
    const layers = new Map<unknown, Record<string, unknown>>([[null, master]]);
    for (const { info, layer } of designs) layers.set(info.name, layer);
    for (const { feature_table: table, design, rows } of this.#database.prepare(ALL_ROWS).all()) {
      const layer = layers.get(design);
      if (!layer || !(String(table) in layer)) throw new Error(`there is no table ${table} in ${design}`);
      layer[String(table)] = parse(rows);
    }
    const lastIds = this.#database.prepare('SELECT * FROM last_id').all();
    return {
      format: 1,
      master,
      streets: master.street,
      designs,
      lastIds: Object.fromEntries(lastIds.map((row) => [row.feature_table, row.id])),
    };
  }

  #insertRow(table: FeatureTable, design: string | null, { id, geometry, properties }: Row): void {
    const shape = geometry === null ? null : JSON.stringify(geometry);
    this.#insert.run(table, id, design, shape, JSON.stringify(properties));
  }
}

function parse(text: unknown): unknown {
  return JSON.parse(String(text));
}
