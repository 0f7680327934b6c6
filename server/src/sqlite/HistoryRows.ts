import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { imagesIn, MAX_IMAGES, MAX_SETS } from '../../../backend/network/undo/changeSets.ts';
import { imageOf } from '../../../backend/network/undo/historyState.ts';
import type { ChangeSet } from '../../../backend/network/undo/undoTypes.ts';

/** Keeps the history of designs for NetworkRows, in `change_set` and `before_image`. Whoever calls has begun a transaction. */
export class HistoryRows {
  readonly #addSet: StatementSync;
  readonly #addImage: StatementSync;
  readonly #sets: StatementSync;
  readonly #images: StatementSync;
  readonly #counts: StatementSync;
  readonly #dropSets: StatementSync;
  readonly #dropImages: StatementSync;

  constructor(database: DatabaseSync) {
    this.#addSet = database.prepare('INSERT INTO change_set VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#addImage = database.prepare('INSERT INTO before_image VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#sets = database.prepare('SELECT * FROM change_set WHERE design = ? ORDER BY version');
    this.#images = database.prepare(
      `SELECT version, feature_table,
         '[' || group_concat('[' || id || ',' || ifnull(geometry, 'null') || ',' || ifnull(properties, 'null') || ',' ||
           ifnull(hidden, 'null') || ']', ',' ORDER BY id) || ']' AS images
       FROM before_image WHERE design = ? GROUP BY version, feature_table`,
    );
    this.#counts = database.prepare(
      'SELECT version, count(*) AS images FROM before_image WHERE design = ? GROUP BY version ORDER BY version DESC',
    );
    this.#dropSets = database.prepare('DELETE FROM change_set WHERE design = ? AND version <= ?');
    this.#dropImages = database.prepare('DELETE FROM before_image WHERE design = ? AND version <= ?');
  }

  write(design: string, set: ChangeSet): void {
    this.#addSet.run(
      design,
      set.version,
      set.from,
      set.taskId ?? null,
      set.undoes ?? null,
      JSON.stringify(set.designs),
      JSON.stringify(set.inserted.map(({ table, firstId, lastId }) => [table, firstId, lastId])),
    );
    for (const [table, images] of set.images) {
      for (const [id, state] of images) {
        const [, geometry, properties, hidden] = imageOf(id, state);
        this.#addImage.run(design, set.version, table, id, textOf(geometry), textOf(properties), hidden);
      }
    }
    this.#drop(design, set.version - MAX_SETS);
    if (imagesIn(set) > 0) this.#dropTooMany(design);
  }

  /** As a NetworkState has it. */
  read(design: string): unknown[] {
    const images = new Map<unknown, Record<string, unknown>>();
    for (const row of this.#images.all(design)) {
      const ofSet = images.get(row.version) ?? {};
      ofSet[String(row.feature_table)] = JSON.parse(String(row.images));
      images.set(row.version, ofSet);
    }
    return this.#sets.all(design).map((row) => ({
      from: row.from_version,
      version: row.version,
      ...(row.task_id !== null && { taskId: row.task_id }),
      ...(row.undoes !== null && { undoes: row.undoes }),
      designs: JSON.parse(String(row.designs)),
      inserted: JSON.parse(String(row.inserted)),
      images: images.get(row.version) ?? {},
    }));
  }

  #dropTooMany(design: string): void {
    let images = 0;
    for (const row of this.#counts.all(design)) {
      images += Number(row.images);
      if (images <= MAX_IMAGES) continue;
      this.#drop(design, Number(row.version));
      return;
    }
  }

  /** Forgets the sets up to this version. */
  #drop(design: string, version: number): void {
    if (version <= 0) return;
    this.#dropSets.run(design, version);
    this.#dropImages.run(design, version);
  }
}

function textOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
