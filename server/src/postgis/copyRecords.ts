import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { MapRecord } from '../../../backend/network/layers.ts';
import { unstorableText } from '../../../backend/network/unstorableText.ts';
import { designName } from '../../../backend/network/urn.ts';
import { sqlTable } from '../database/sqlTables.ts';
import { encodeEwkb } from './ewkb.ts';

/** Records to a statement: each is over soon, however many there are. */
const BATCH = 10_000;
/** Characters sent at once; in between the process does other things. */
const CHUNK = 1 << 16;

/**
 * Writes the records within the client's transaction; `onStored` hears of each batch how many it was. Rejects with a
 * TaskRefusal 'invalid-request' that names the record and the property where it holds a text that PostgreSQL cannot
 * keep.
 */
export async function copyRecords(
  client: pg.ClientBase,
  table: string,
  records: readonly MapRecord[],
  onStored: (count: number) => void = () => {},
): Promise<void> {
  for (let from = 0; from < records.length; from += BATCH) {
    const batch = records.slice(from, from + BATCH);
    const stream = client.query(
      copyFrom(`COPY ${sqlTable(table)} (id, design, geometry, properties) FROM STDIN`),
    );
    await pipeline(Readable.from(chunks(batch, line)), stream);
    onStored(batch.length);
  }
}

/** A design's version of master's record of this id. Without a record, the design deletes it. */
export interface MasterChange {
  id: number;
  /** The version of master that the change was made on. */
  masterVersion: number;
  record: MapRecord | undefined;
}

/** Writes what a design changes and deletes of master's records, as `copyRecords` writes what it adds. */
export async function copyChanges(
  client: pg.ClientBase,
  table: string,
  design: string,
  changes: readonly MasterChange[],
): Promise<void> {
  const toLine = ({ id, record, masterVersion }: MasterChange) =>
    `${escapeText(table)}\t${masterVersion}\t${record ? line(record) : `${id}\t${escapeText(design)}\t\\N\t\\N\n`}`;
  for (let from = 0; from < changes.length; from += BATCH) {
    const batch = changes.slice(from, from + BATCH);
    const stream = client.query(
      copyFrom(
        'COPY lrt.change (feature_table, master_version, id, design, geometry, properties) FROM STDIN',
      ),
    );
    await pipeline(Readable.from(chunks(batch, toLine)), stream);
  }
}

function* chunks<Item>(items: readonly Item[], toLine: (item: Item) => string): Generator<string> {
  let chunk = '';
  for (const item of items) {
    chunk += toLine(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** One row in the text format of COPY. */
function line(record: MapRecord): string {
  const { id, design, geometry, properties } = record;
  const json = JSON.stringify(properties);
  // JSON writes a character that cannot be stored as such an escape. Few texts have one, and most only look like it.
  if (/\\u(0000|d[89a-f])/.test(json)) refuseUnstorable(record);
  const name = design === null ? '\\N' : escapeText(designName(design));
  const shape = geometry === null ? '\\N' : encodeEwkb(geometry);
  // JSON has no line breaks and tabs of its own.
  return `${id}\t${name}\t${shape}\t${json.replaceAll('\\', '\\\\')}\n`;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

function refuseUnstorable({ urn, properties }: MapRecord): void {
  const property = unstorableText(properties);
  if (property === undefined) return;
  throw new TaskRefusal({
    code: 'invalid-request',
    message: `${urn}: ${property} has a NUL character or half a surrogate pair, which cannot be stored; leave it out.`,
    details: { record: urn, property },
  });
}
