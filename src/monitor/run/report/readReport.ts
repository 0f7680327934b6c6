import type { SystemClient } from '../../../client/SystemClient.ts';
import { isRecord, type TaskSnapshot } from '../../../contract/index.ts';
import { MapLines } from './MapLines.ts';
import { parseCsv } from './parseCsv.ts';

/** A page lists so many addresses and structures; the files have all. */
const MOST_ROWS = 200;
/** Bytes of a file that are read at a time. */
const PIECE = 2 ** 20;

export interface BillRow {
  item: string;
  unit: string;
  quantity: number;
  price: number | undefined;
  cost: number | undefined;
  currency: string | undefined;
}

export interface ReportData {
  task: TaskSnapshot;
  lines: MapLines;
  bill: BillRow[];
  unserved: { address: string; reason: string }[];
  unservedCount: number;
  structures: { name: string; splices: number; ports: number }[];
  structureCount: number;
}

/** Reads all that the report shows. Rejects where the run has nothing, or where the client makes no files. */
export async function readReport(
  system: Pick<SystemClient, 'exportTask' | 'getTask'>,
  taskId: string,
  signal: AbortSignal,
): Promise<ReportData> {
  const table = async (report: 'addresses' | 'bill' | 'splices') => {
    const file = await system.exportTask?.(taskId, { format: 'csv', report }, { signal });
    return parseCsv((await file?.blob.text()) ?? '');
  };
  const task = await system.getTask?.(taskId, { signal });
  if (!task) throw new Error(`the client cannot read task ${taskId}`);
  // One after the other: a server makes each of them from the whole run.
  const bill = await table('bill');
  const unserved = (await table('addresses')).filter(({ served }) => served === 'false');
  const structures = countJoints(await table('splices'));
  const file = await system.exportTask?.(taskId, { format: 'geojson' }, { signal });
  const lines = new MapLines();
  if (file) await readFeatures(file.blob, (feature) => lines.add(feature));
  return {
    task,
    lines,
    bill: bill.map(billRow),
    unserved: unserved.slice(0, MOST_ROWS).map((row) => ({
      address: row.address || row.address_urn || '',
      reason: row.remark || row.reason || '',
    })),
    unservedCount: unserved.length,
    structures: structures.slice(0, MOST_ROWS),
    structureCount: structures.length,
  };
}

function billRow(row: Record<string, string>): BillRow {
  const number = (text: string | undefined) => (text === undefined || text === '' ? undefined : Number(text));
  return {
    item: row.item ?? '',
    unit: row.unit ?? '',
    quantity: number(row.quantity) ?? 0,
    price: number(row.price_per_unit),
    cost: number(row.cost),
    currency: row.currency || undefined,
  };
}

function countJoints(rows: readonly Record<string, string>[]): ReportData['structures'] {
  const counts = new Map<string, ReportData['structures'][number]>();
  for (const { structure, structure_urn, kind } of rows) {
    const name = structure || structure_urn || '';
    let count = counts.get(name);
    if (!count) {
      count = { name, splices: 0, ports: 0 };
      counts.set(name, count);
    }
    if (kind === 'splice') count.splices += 1;
    else count.ports += 1;
  }
  // A wall box has one port, and is in the list of addresses: splitters and closures come first.
  return [...counts.values()]
    .filter(({ splices, ports }) => splices + ports > 1)
    .sort((a, b) => b.splices + b.ports - a.splices - a.ports);
}

/** Our files have a feature on each line, so 130 MB of them are read without being one text or one object. */
async function readFeatures(blob: Blob, onFeature: (feature: unknown) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for (let at = 0; at < blob.size; at += PIECE) {
    const bytes = await blob.slice(at, at + PIECE).arrayBuffer();
    const lines = (rest + decoder.decode(bytes, { stream: at + PIECE < blob.size })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('{"type":"Feature",')) onFeature(parsed(line.replace(/,$/, '')));
    }
  }
}

function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
