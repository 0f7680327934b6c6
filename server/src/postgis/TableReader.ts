import type pg from 'pg';
import { intersects } from '../../../backend/network/boundingBox.ts';
import { geodesicDistance } from '../../../backend/network/geodesy.ts';
import type { NetworkRecord } from '../../../backend/network/NetworkStore.ts';
import { byDistance, type Neighbour } from '../../../backend/network/SpatialIndex.ts';
import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import { boxCondition } from './boxCondition.ts';
import { boxesAroundCircle } from './boxesAroundCircle.ts';
import { decodeEwkb } from './ewkb.ts';
import { readRecords, viewSql } from './records.ts';

/** Reads the committed records of one table, in master or in one design over master. Each call asks the database. */
export class TableReader {
  readonly #pool: pg.Pool;
  readonly #table: string;
  readonly #design: string | null;

  /** `design`: its name, without 'design/'; null: master. */
  constructor(pool: pg.Pool, table: string, design: string | null) {
    this.#pool = pool;
    this.#table = table;
    this.#design = design;
  }

  all(limit?: number): Promise<NetworkRecord[]> {
    return this.#read('true', [], limit);
  }

  async get(id: number): Promise<NetworkRecord | undefined> {
    if (!Number.isSafeInteger(id)) return undefined;
    return (await this.#read('id = $1', [id]))[0];
  }

  /** Only what JSON can say is ever equal to something stored; objects never are, as in memory. */
  async matching(property: string, value: unknown, limit?: number): Promise<NetworkRecord[]> {
    if (value === undefined || (typeof value === 'object' && value !== null)) return [];
    if (typeof value === 'number' && !Number.isFinite(value)) return [];
    if (!isStorable(property) || (typeof value === 'string' && !isStorable(value))) return [];
    const equal = 'properties -> $1 = $2::jsonb';
    // The indexes have the beginnings of texts; null has none.
    const indexed = value === null ? 'true' : "left(properties ->> $1, 200) = left($2::jsonb #>> '{}', 200)";
    return this.#read(`${indexed} AND ${equal}`, [property, JSON.stringify(value)], limit);
  }

  /** At most so many are counted. */
  async count(most = Number.MAX_SAFE_INTEGER): Promise<number> {
    const parameters: unknown[] = [most];
    const view = this.#viewSql({
      columns: 'id',
      where: 'true',
      cut: ' LIMIT $1',
      end: ' LIMIT $1',
      parameters,
    });
    const { rows } = await this.#pool.query<{ count: string }>(
      `SELECT count(*) FROM (${view}) AS counted`,
      parameters,
    );
    return Number(rows[0]?.count);
  }

  /** Nearest first, equal distances in order of id, along the geodesic: the same as a SpatialIndex gives. */
  async nearest(from: Position, limit: number, radiusMetres: number): Promise<Neighbour[]> {
    const reach = Number.isFinite(limit) ? await this.#reach(from, limit, radiusMetres) : radiusMetres;
    const values: unknown[] = [];
    const where = Number.isFinite(reach) ? boxCondition(boxesAroundCircle(from, reach), values) : 'true';
    const found: Neighbour[] = [];
    for (const record of await this.#read(where, values)) {
      if (record.geometry?.type !== 'Point') continue;
      const metres = geodesicDistance(from, record.geometry.coordinates);
      if (metres <= radiusMetres) found.push({ record, metres });
    }
    return found.sort(byDistance).slice(0, limit);
  }

  /** In order of id. The index keeps bounds that are a little larger, so more may be read than lie in the box. */
  async within(box: BoundingBox): Promise<NetworkRecord[]> {
    const values: unknown[] = [];
    const found = await this.#read(boxCondition([box], values), values);
    return found.filter(({ geometry }) => geometry && intersects(geometry, box));
  }

  /**
   * Metres within which so many lie, if so many lie within the radius. The index orders by degrees, so these need not
   * be the nearest, but none of the nearest is farther away than the farthest of them.
   */
  async #reach([longitude, latitude]: Position, limit: number, radiusMetres: number): Promise<number> {
    const parameters: unknown[] = [longitude, latitude, limit];
    const distance = 'geometry <-> ST_SetSRID(ST_MakePoint($1, $2), 4326)';
    const view = this.#viewSql({
      columns: `geometry, ${distance} AS distance`,
      where: "geometry IS NOT NULL AND GeometryType(geometry) = 'POINT'",
      cut: ` ORDER BY ${distance} LIMIT $3`,
      end: ' ORDER BY distance LIMIT $3',
      parameters,
    });
    const { rows } = await this.#pool.query<{ geometry: string }>(view, parameters);
    if (rows.length < limit) return radiusMetres;
    let reach = 0;
    for (const row of rows) {
      const geometry = decodeEwkb(row.geometry);
      if (geometry.type !== 'Point') continue;
      reach = Math.max(reach, geodesicDistance([longitude, latitude], geometry.coordinates));
    }
    return Math.min(reach, radiusMetres);
  }

  #viewSql(query: Omit<Parameters<typeof viewSql>[0], 'table' | 'design'>): string {
    return viewSql({ table: this.#table, design: this.#design, ...query });
  }

  #read(where: string, values: unknown[], limit?: number): Promise<NetworkRecord[]> {
    const query = { table: this.#table, design: this.#design, where, values };
    return readRecords(this.#pool, limit === undefined ? query : { ...query, limit });
  }
}

function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}
