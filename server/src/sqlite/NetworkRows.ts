import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { builtRanges } from '../../../backend/network/builtRanges.ts';
import type { BuiltRange, Layer } from '../../../backend/network/layers.ts';
import type { NetworkRecord } from '../../../backend/network/NetworkStore.ts';
import type { NetworkChange } from '../../../backend/network/networkChanges.ts';
import { recordsOfTown } from '../../../backend/network/recordsOfTown.ts';
import type { TownSource } from '../../../backend/network/TownSource.ts';
import { STREET, TABLES } from '../../../backend/network/tables.ts';
import type { LayerState } from '../../../backend/network/undo/undoTypes.ts';
import { designName } from '../../../backend/network/urn.ts';
import { HistoryRows } from './HistoryRows.ts';

/**
 * Each table of each layer as one JSON text: read row by row they take half as long again. Rows are in order of id, the
 * design's versions of master's records among them; deleted ones are null.
 */
const ALL_ROWS = `
  SELECT feature_table, design,
    '[' || group_concat('[' || id || ',' || ifnull(geometry, 'null') || ',' || properties || ']', ',' ORDER BY id) || ']' AS rows
  FROM (
    SELECT feature_table, design, id, geometry, properties FROM record
    UNION ALL
    SELECT feature_table, design, id, geometry, properties FROM change WHERE properties IS NOT NULL
  ) GROUP BY feature_table, design`;
const ALL_HIDDEN = `
  SELECT design, feature_table, json_group_array(json_array(id, master_version)) AS ids
  FROM change GROUP BY design, feature_table`;
const ALL_CHANGED = `
  SELECT feature_table, json_group_array(json_array(id, version)) AS ids FROM master_change GROUP BY feature_table`;
const ALL_BUILT = `
  SELECT task_id, json_group_array(json_array(feature_table, first_id, last_id, design)) AS ranges
  FROM built GROUP BY task_id`;

type Row = Pick<NetworkRecord, 'id' | 'geometry' | 'properties'>;
type LayerRows = Record<string, unknown>;

/** Keeps the network for SqliteStore, in the tables `design`, `record`, `change`, `master`,
 * `master_change`, `last_id`, `built`, and those of HistoryRows. Whoever calls has begun a transaction. */
export class NetworkRows {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #removeOwn: StatementSync;
  readonly #removeMasters: StatementSync;
  readonly #noteChanged: StatementSync;
  readonly #change: StatementSync;
  readonly #removeChange: StatementSync;
  readonly #history: HistoryRows;
  readonly #raiseVersion: StatementSync;
  readonly #raiseId: StatementSync;
  readonly #addBuilt: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)');
    this.#removeOwn = database.prepare(
      'DELETE FROM record WHERE feature_table = ? AND id = ? AND design = ?',
    );
    this.#removeMasters = database.prepare(
      'DELETE FROM record WHERE feature_table = ? AND id = ? AND design IS NULL',
    );
    this.#noteChanged = database.prepare(
      'INSERT OR REPLACE INTO master_change SELECT ?, ?, version FROM master',
    );
    // A design keeps the version that it changed first.
    this.#change = database.prepare(
      `INSERT INTO change (feature_table, design, id, geometry, properties, master_version) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET geometry = excluded.geometry, properties = excluded.properties`,
    );
    this.#removeChange = database.prepare(
      'DELETE FROM change WHERE feature_table = ? AND design = ? AND id = ?',
    );
    this.#history = new HistoryRows(database);
    this.#raiseVersion = database.prepare('UPDATE design SET version = version + 1 WHERE name = ?');
    this.#raiseId = database.prepare(
      'INSERT INTO last_id VALUES (?, ?) ON CONFLICT DO UPDATE SET id = max(id, excluded.id)',
    );
    this.#addBuilt = database.prepare('INSERT INTO built VALUES (?, ?, ?, ?, ?)');
  }

  /** Fills a file that has no network yet. */
  async writeTown(town: TownSource): Promise<void> {
    const lastIds = new Map<string, number>(TABLES.map((table) => [table, 0]));
    const insertDesign = this.#database.prepare('INSERT INTO design VALUES (?, ?, 0)');
    for (const { name, geometry } of town.designs) insertDesign.run(name, JSON.stringify(geometry));
    for await (const { table, records } of recordsOfTown(town)) {
      for (const record of records) {
        this.#insertRow(table, record.design === null ? null : designName(record.design), record);
        lastIds.set(table, record.id);
      }
    }
    for (const [table, id] of lastIds) this.#raiseId.run(table, id);
  }

  write(changes: readonly NetworkChange[]): void {
    for (const change of changes) {
      if (change.kind === 'create') {
        const { name, geometry } = change.design;
        this.#database.prepare('INSERT INTO design VALUES (?, ?, 0)').run(name, JSON.stringify(geometry));
      } else if (change.kind === 'drop') {
        for (const table of ['record', 'change', 'change_set', 'before_image']) {
          this.#database.prepare(`DELETE FROM ${table} WHERE design = ?`).run(change.design);
        }
        this.#database.prepare('DELETE FROM design WHERE name = ?').run(change.design);
        const endBuilt = change.isPosted ? 'UPDATE built SET design = NULL' : 'DELETE FROM built';
        this.#database.prepare(`${endBuilt} WHERE design = ?`).run(change.design);
      } else if (change.design === null) {
        this.#writeMaster(change.layer);
      } else {
        this.#writeDesign(change.design, change.layer);
        if (change.set) this.#history.write(change.design, change.set);
        if (change.taskId !== undefined)
          this.#writeBuilt(change.taskId, builtRanges(change.layer, change.design));
      }
    }
  }

  #writeMaster(layer: Layer): void {
    this.#database.exec('UPDATE master SET version = version + 1');
    for (const [table, { list, hidden }] of layer.entries()) {
      for (const id of hidden.keys()) {
        this.#removeMasters.run(table, id);
        this.#noteChanged.run(table, id);
      }
      for (const record of list.rows) this.#insertRow(table, null, record);
      this.#raiseId.run(table, list.rows.at(-1)?.id ?? 0);
    }
  }

  #writeDesign(name: string, layer: Layer): void {
    this.#raiseVersion.run(name);
    for (const [table, { list, hidden, exact }] of layer.entries()) {
      if (exact.size > 0) {
        this.#writeExact(table, name, exact);
        continue;
      }
      const ofMaster = new Map<number, number>();
      for (const [id, version] of hidden) {
        if (this.#removeOwn.run(table, id, name).changes > 0) continue;
        ofMaster.set(id, version);
        this.#change.run(table, name, id, null, null, version);
      }
      for (const record of list.rows) {
        const version = ofMaster.get(record.id);
        if (version === undefined) this.#insertRow(table, name, record);
        else this.#changeRow(table, name, record, version);
      }
      this.#raiseId.run(table, list.rows.at(-1)?.id ?? 0);
    }
  }

  /** Writes the records as they are to be, whatever the design has of them. */
  #writeExact(table: string, name: string, exact: ReadonlyMap<number, LayerState>): void {
    for (const [id, { record, hidden }] of exact) {
      this.#removeOwn.run(table, id, name);
      this.#removeChange.run(table, name, id);
      if (hidden === undefined) {
        if (record) this.#insertRow(table, name, record);
      } else if (record) {
        this.#changeRow(table, name, record, hidden);
      } else {
        this.#change.run(table, name, id, null, null, hidden);
      }
    }
  }

  #writeBuilt(taskId: string, ranges: readonly BuiltRange[]): void {
    for (const { table, firstId, lastId, design } of ranges)
      this.#addBuilt.run(taskId, table, firstId, lastId, design);
  }

  /** Forgets which records the task has built. */
  forgetTask(taskId: string): void {
    this.#database.prepare('DELETE FROM built WHERE task_id = ?').run(taskId);
  }

  /** Gives what MemoryStore.fromState() takes and checks. Throws if a text is not JSON. */
  read(): unknown {
    // A server of an earlier version may have removed tasks and left this of them.
    this.#database.exec('DELETE FROM built WHERE task_id NOT IN (SELECT id FROM task)');
    const emptyLayer = (): LayerRows => Object.fromEntries(TABLES.map((table) => [table, []]));
    const master: LayerRows = { ...emptyLayer(), [STREET]: [] };
    const designs = this.#database
      .prepare('SELECT * FROM design ORDER BY name')
      .all()
      .map(({ name, geometry, version }) => {
        const hidden: LayerRows = {};
        const history = this.#history.read(String(name));
        return { info: { name, geometry: parse(geometry) }, version, layer: emptyLayer(), hidden, history };
      });
    const byName = new Map<unknown, { layer: LayerRows; hidden?: LayerRows }>([[null, { layer: master }]]);
    for (const design of designs) byName.set(design.info.name, design);
    for (const { feature_table: table, design, rows } of this.#database.prepare(ALL_ROWS).all()) {
      const found = byName.get(design);
      if (!found) throw new Error(`there is no design ${design} for its table ${table}`);
      found.layer[String(table)] = parse(rows);
    }
    for (const { feature_table: table, design, ids } of this.#database.prepare(ALL_HIDDEN).all()) {
      const hidden = byName.get(design)?.hidden;
      if (!hidden) throw new Error(`there is no design ${design} for its table ${table}`);
      hidden[String(table)] = parse(ids);
    }
    const lastIds = this.#database.prepare('SELECT * FROM last_id').all();
    const { [STREET]: streets, ...tables } = master;
    const changed = this.#database.prepare(ALL_CHANGED).all();
    return {
      format: 3,
      master: tables,
      masterVersion: this.#database.prepare('SELECT version FROM master').get()?.version,
      changedAt: Object.fromEntries(changed.map(({ feature_table, ids }) => [feature_table, parse(ids)])),
      streets,
      designs,
      lastIds: Object.fromEntries(lastIds.map((row) => [row.feature_table, row.id])),
      built: Object.fromEntries(
        this.#database
          .prepare(ALL_BUILT)
          .all()
          .map(({ task_id, ranges }) => [task_id, parse(ranges)]),
      ),
    };
  }

  #insertRow(table: string, design: string | null, { id, geometry, properties }: Row): void {
    const shape = geometry === null ? null : JSON.stringify(geometry);
    this.#insert.run(table, id, design, shape, JSON.stringify(properties));
  }

  #changeRow(table: string, design: string, { id, geometry, properties }: Row, version: number): void {
    const shape = geometry === null ? null : JSON.stringify(geometry);
    this.#change.run(table, design, id, shape, JSON.stringify(properties), version);
  }
}

function parse(text: unknown): unknown {
  return JSON.parse(String(text));
}
