import { CSV_START, csvLine } from '../../src/contract/csv.ts';
import type { HandoverRequest } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { geoJson } from './geoJson.ts';
import { geoPackage } from './geoPackage.ts';
import type { HandoverSource } from './HandoverSource.ts';
import { addressReport, type OpticalLimit, type UnservedAddress } from './reports/addressReport.ts';
import { billReport, type PriceList } from './reports/billReport.ts';
import type { Report } from './reports/Report.ts';
import { spliceReport } from './reports/spliceReport.ts';
import { spooled } from './spooled.ts';
import { MemorySpool, type Spool } from './sqlite/Spool.ts';

/** Facts of a run that its parameters and its items say, and no record. */
export interface HandoverFacts extends OpticalLimit, PriceList {
  unserved(): AsyncIterable<UnservedAddress>;
  /** The time that the file says it was made. */
  now: Date;
}

const TYPES = {
  geojson: { mediaType: 'application/geo+json', extension: 'geojson' },
  gpkg: { mediaType: 'application/geopackage+sqlite3', extension: 'gpkg' },
  csv: { mediaType: 'text/csv; charset=utf-8', extension: 'csv' },
} as const;

/** The media type, and the end of the name, of a file in the format. */
export const handoverType = (format: HandoverRequest['format']) => TYPES[format];

/**
 * Writes a file piece by piece, and closes the source as soon as all of it is read. With `openSpool` the source is read as fast as it
 * can be, into a spool, so that a client that reads slowly does not hold a database back; without it no faster than the file is
 * read, but for a GeoPackage, which is made in memory then. The reader ends the iteration; then all is closed.
 */
export async function* handoverFile(
  source: HandoverSource,
  request: HandoverRequest,
  facts: HandoverFacts,
  openSpool?: () => Spool,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (request.format === 'gpkg') {
    const spool = openSpool?.() ?? new MemorySpool();
    try {
      yield* geoPackage(source, spool, facts.now);
    } finally {
      await spool.close();
      await source.close();
    }
  } else {
    const pieces = closing(source, encoded(textOf(source, request, facts)));
    yield* openSpool ? spooled(pieces, openSpool()) : pieces;
  }
}

function textOf(
  source: HandoverSource,
  request: HandoverRequest,
  facts: HandoverFacts,
): AsyncGenerator<string> {
  return request.format === 'geojson' ? geoJson(source) : csvOf(reportOf(source, request, facts), request);
}

async function* closing<T>(source: HandoverSource, pieces: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    await source.close();
  }
}

function reportOf(source: HandoverSource, { report }: HandoverRequest, facts: HandoverFacts): Report {
  if (report === 'bill') return billReport(source, facts);
  if (report === 'splices') return spliceReport(source);
  return addressReport(source, facts, () => facts.unserved());
}

async function* csvOf(
  { columns, rows }: Report,
  { bom = true, separator }: HandoverRequest,
): AsyncGenerator<string> {
  yield `${bom ? CSV_START : ''}${csvLine(columns, separator)}`;
  for await (const row of rows) {
    // Spreadsheets know these two words in any language; a missing cell at the end is an empty one.
    const cells = columns.map((_, i) => {
      const cell = row[i];
      return typeof cell === 'boolean' ? String(cell) : cell;
    });
    yield csvLine(cells, separator);
  }
}

const CHUNK = 65_536;

/** Joins short texts: an answer of a million small pieces takes many times as long. */
async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const part of texts) {
    text += part;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

/** Nothing of the task, or of the design, is there to be handed on. */
export function nothingToExport(message: string, details?: Record<string, unknown>): TaskRefusal {
  return new TaskRefusal({ code: 'nothing-to-export', message, ...(details && { details }) });
}
