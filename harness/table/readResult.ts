import { isTaskClientError, type SystemClient } from '../../src/client/index.ts';
import type { GeoFeature } from '../../src/contract/index.ts';
import { parseCsv } from '../../src/monitor/run/report/parseCsv.ts';
import { type Ask, readFeatures } from '../map/readFeatures.ts';

/** A table lists so many records of a run. */
const MOST = 50_000;
/** Features on a page. */
const PAGE = 10_000;

/** The records with a place that a run has built, and the addresses that it serves or could not serve. */
export interface RunResult {
  features: GeoFeature[];
  /** There is more than is listed. */
  isCut: boolean;
}

/** Reads the result of a run: nothing as long as it has stored nothing. Rejects where nobody knows the run. */
export async function readResult(
  ask: Ask,
  baseUrl: string,
  system: Pick<SystemClient, 'exportTask'> | undefined,
  taskId: string,
  signal: AbortSignal,
): Promise<RunResult> {
  const url = `${baseUrl}/features?task=${encodeURIComponent(taskId)}&limit=${PAGE}`;
  const built = await readFeatures(ask, url, { most: MOST + 1 });
  if (built.length === 0) return { features: [], isCut: false };
  const addresses = await readAddresses(system, taskId, signal);
  const features = [...addresses, ...built];
  return { features: features.slice(0, MOST), isCut: features.length > MOST };
}

/** A run that connects no addresses has no list of them, and a server of an earlier version makes no files. */
async function readAddresses(
  system: Pick<SystemClient, 'exportTask'> | undefined,
  taskId: string,
  signal: AbortSignal,
): Promise<GeoFeature[]> {
  try {
    const file = await system?.exportTask?.(taskId, { format: 'csv', report: 'addresses' }, { signal });
    return parseCsv((await file?.blob.text()) ?? '').flatMap((row) => addressOf(row) ?? []);
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

/** False for a lost connection and a server that asks to come back later: whoever looks would miss addresses that are there. */
function isRefusal(error: unknown): boolean {
  const status = isTaskClientError(error) ? error.status : undefined;
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function addressOf(row: Record<string, string>): GeoFeature | undefined {
  const { address_urn: id, address, structure, splitter, splitter_port: port, served } = row;
  const at = [row.longitude_deg, row.latitude_deg].map(numberOf);
  const [longitude, latitude] = at;
  if (!id || longitude === undefined || latitude === undefined) return undefined;
  const drop = numberOf(row.drop_m);
  const loss = numberOf(row.loss_db);
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
    properties: {
      table: 'address',
      ...(address && { name: address }),
      ...(served === 'false' && { served: false }),
      ...(structure && { root_housing: structure }),
      ...(splitter && { splitter: port ? `${splitter} · ${port}` : splitter }),
      ...(drop !== undefined && { drop_metres: drop }),
      ...(loss !== undefined && { loss_db: loss }),
    },
  };
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}
