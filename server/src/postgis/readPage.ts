import type pg from 'pg';
import type { NetworkRecord, RecordsQuery } from '../../../backend/network/NetworkStore.ts';
import type { NetworkTables } from '../../../backend/network/tables.ts';
import { designName } from '../../../backend/network/urn.ts';
import { findDesign } from './designs.ts';
import { readMatching } from './readMatching.ts';

/** `NetworkStore.records` by one statement, which says by itself whether the design is there. */
export async function readPage(
  client: Pick<pg.ClientBase, 'query'>,
  tables: NetworkTables,
  query: RecordsQuery,
): Promise<NetworkRecord[]> {
  const { name: table } = tables.get(query.table, { streets: true });
  const named = query.task === undefined ? query.design : undefined;
  const design = named == null ? null : designName(named);
  const isAskable = named == null || (named.startsWith('design/') && !named.includes('\0'));
  for (;;) {
    const found = isAskable ? await readMatching(client, table, design, query) : undefined;
    if (found) return found;
    // It rejects with the names there are, unless the design was made just now.
    await findDesign(client, named ?? '');
  }
}
