import type pg from 'pg';
import type { DesignInfo } from '../../../backend/network/NetworkStore.ts';
import { designNotFound } from '../../../backend/network/storeRefusals.ts';
import { designName } from '../../../backend/network/urn.ts';
import { decodeEwkb } from './ewkb.ts';

/** In order of name. */
export async function listDesigns(pool: pg.Pool): Promise<DesignInfo[]> {
  const { rows } = await pool.query<{ name: string; geometry: string }>(
    'SELECT name, geometry FROM lrt.design',
  );
  return rows
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, geometry }) => ({ name, geometry: decodeEwkb(geometry) }));
}

export interface FoundDesign {
  /** Without 'design/'. */
  name: string;
  /** Another number for each design, also for one that is made again. */
  born: string;
  /** The version of master now. */
  masterVersion: number;
}

/** The design of a 'design/NAME'; rejects with 'design-not-found' and the names there are. */
export async function findDesign(client: Pick<pg.ClientBase, 'query'>, design: string): Promise<FoundDesign> {
  const name = designName(design);
  // Text with a NUL cannot even be asked for.
  if (design.startsWith('design/') && !name.includes('\0')) {
    const { rows } = await client.query<{ born: string; version: string }>(
      'SELECT born, master.version FROM lrt.design, lrt.master WHERE name = $1',
      [name],
    );
    const [found] = rows;
    if (found) return { name, born: found.born, masterVersion: Number(found.version) };
  }
  throw designNotFound(design, await designNames(client));
}

/** In order of name. */
export async function designNames(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM lrt.design ORDER BY name');
  return rows.map(({ name }) => name);
}
