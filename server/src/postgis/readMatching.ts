import type pg from 'pg';
import type { NetworkRecord, RecordsQuery } from '../../../backend/network/NetworkStore.ts';
import { readRecordsOfDesign } from './records.ts';

/**
 * A page of the committed records of a table, in order of id. `design`: its name, without 'design/'; null: master. Undefined where
 * there is no such design. A transaction reads through `CommittedTable`, which keeps what it has read; whoever reads here wants
 * each answer once.
 */
export function readMatching(
  client: Pick<pg.ClientBase, 'query'>,
  table: string,
  design: string | null,
  { own, task, where, after = 0, limit }: RecordsQuery,
): Promise<NetworkRecord[] | undefined> {
  const values: unknown[] = [after];
  let condition = 'id > $1';
  if (where?.property === 'id') {
    values.push(where.values.filter((value) => Number.isSafeInteger(value)));
    condition += ' AND id = ANY ($2::bigint[])';
  } else if (where) {
    // No property holds a NUL, or a text that is not Unicode. The indexes have the beginnings of texts.
    const wanted = where.values.filter(isStorable);
    values.push(
      where.property,
      wanted.map((value) => [...String(value)].slice(0, 200).join('')),
      wanted.map((value) => JSON.stringify(value)),
    );
    condition +=
      ' AND left(properties ->> $2, 200) = ANY ($3::text[]) AND properties -> $2 = ANY ($4::jsonb[])';
  }
  return readRecordsOfDesign(client, { table, design, own, task, where: condition, values, limit });
}

function isStorable(value: string | number): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : !/[\0\p{Surrogate}]/u.test(value);
}
