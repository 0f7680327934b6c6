import type { NetworkPlace } from '../../../src/contract/index.ts';
import type { NetworkRecord } from '../NetworkStore.ts';
import type { NetworkReads } from './NetworkReads.ts';

/** The record as a list shows it. */
export function networkPlace({ urn, table, geometry, properties }: NetworkRecord): NetworkPlace {
  const name = table === 'address' ? addressName(properties) : textOf(properties.name);
  return {
    urn,
    table,
    ...(name !== undefined && { name }),
    ...(geometry?.type === 'Point' && { position: geometry.coordinates }),
  };
}

/** Undefined where the text names no record that is there. */
export async function placeOf(reads: NetworkReads, urn: unknown): Promise<NetworkPlace | undefined> {
  const record = await reads.get(urn);
  return record && networkPlace(record);
}

/** 'Main Street 5'. */
export function addressName(properties: NetworkRecord['properties']): string | undefined {
  const parts = [properties.street_name, properties.street_number].flatMap((part) => textOf(part) ?? []);
  return parts.length > 0 ? parts.join(' ') : textOf(properties.name);
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
