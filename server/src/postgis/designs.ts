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

/** The design of a 'design/NAME'; rejects with 'design-not-found' and the names there are. */
export async function findDesign(pool: pg.Pool, design: string): Promise<{ name: string }> {
  const name = designName(design);
  // Text with a NUL cannot even be asked for.
  if (design.startsWith('design/') && !name.includes('\0')) {
    const { rowCount } = await pool.query('SELECT FROM lrt.design WHERE name = $1', [name]);
    if (rowCount === 1) return { name };
  }
  const designs = await listDesigns(pool);
  throw designNotFound(
    design,
    designs.map((known) => known.name),
  );
}
