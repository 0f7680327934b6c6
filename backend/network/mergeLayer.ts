import { type Geometry, positionsOf } from '../../src/contract/index.ts';
import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';
import type { NetworkRecord, NetworkTable } from './NetworkStore.ts';
import type { RefusedFeature } from './parseLayer.ts';
import type { TownFeature } from './townTypes.ts';

/** So many features are merged in one go. */
const STRETCH = 1_000;
/** About a centimetre. A record that would move by less stays where it is, because programs round coordinates differently. */
const DECIMALS = 7;
/** The text for a person of what makes two features one where no key is given. */
const NAMES = ['name', 'street_name', 'street_number'];

/** A layer of a file. */
export interface MergeInput {
  features: readonly TownFeature[];
  /** By place in `features`: the feature's index in the file. Parts of one feature have the same. */
  indexes: readonly number[];
}

export interface MergeCounts {
  added: number;
  changed: number;
  unchanged: number;
}

/**
 * Merges a layer into a table of master: adds the features that it lacks, changes the records that differ, and deletes
 * nothing. A record keeps the properties that the feature does not have. A feature is that record which has the same value of
 * the property `key`; without a key, the one at the same place with the same name or street and number. `onRefused` hears of
 * each feature that is left out, because it lacks the key, or because others have the same.
 *
 * @example
 * await store.edit(async (network) => mergeLayer((await network.view()).table('pole'), layer, { key: 'asset_id' }));
 */
export async function mergeLayer(
  table: NetworkTable,
  { features, indexes }: MergeInput,
  { key, onRefused = () => {} }: { key?: string; onRefused?: (refused: RefusedFeature) => void } = {},
): Promise<MergeCounts> {
  const known = new Map<string, NetworkRecord[]>();
  for (const record of await table.recs()) {
    const value = keyOf(record, key);
    if (value !== undefined) append(known, value, record);
  }
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const parts = new Map<string, number>();
  for (const feature of features) {
    const value = keyOf(feature, key);
    if (value !== undefined) parts.set(value, (parts.get(value) ?? 0) + 1);
  }
  /** By key: the index in the file of the feature that came first, and how many records of the key are taken. */
  const seen = new Map<string, { index: number; taken: number }>();
  for (const [i, feature] of features.entries()) {
    // A large layer must not hold up a page or a server.
    if (i % STRETCH === STRETCH - 1) await yieldToEventLoop();
    const index = indexes[i] ?? i;
    const value = keyOf(feature, key);
    const first = value === undefined ? undefined : seen.get(value);
    const records = value === undefined ? undefined : known.get(value);
    const reason = key === undefined ? undefined : refusalOf(key, value, index, first?.index, records, parts);
    if (value === undefined || reason !== undefined) {
      onRefused({ feature: index, reason: reason ?? 'has no key' });
      continue;
    }
    const taken = first?.taken ?? 0;
    seen.set(value, { index: first?.index ?? index, taken: taken + 1 });
    const record = records?.[taken];
    if (!record) {
      await table.insert(feature);
      counts.added += 1;
    } else if (isSame(record, feature)) {
      counts.unchanged += 1;
    } else {
      await table.update(record.id, feature);
      counts.changed += 1;
    }
  }
  return counts;
}

function refusalOf(
  key: string,
  value: string | undefined,
  index: number,
  first: number | undefined,
  records: readonly NetworkRecord[] = [],
  parts: ReadonlyMap<string, number> = new Map(),
): string | undefined {
  const at = `properties.${key}`;
  if (value === undefined) return `${at} is missing; give each feature a text or a number there`;
  const shown = value.slice(0, 60);
  if (first !== undefined && first !== index) {
    return `${at} ${shown} is that of feature ${first} as well; give each feature its own`;
  }
  // The parts of one feature are a record each.
  if (records.length <= Math.max(1, parts.get(value) ?? 0)) return undefined;
  const urns = records.slice(0, 3).map(({ urn }) => urn);
  return `${at} ${shown} is that of ${urns.join(' and ')}; delete all but one of them first`;
}

function keyOf({ geometry, properties }: Pick<NetworkRecord, 'geometry' | 'properties'>, key?: string) {
  if (key === undefined) {
    return JSON.stringify([...NAMES.map((name) => properties[name] ?? null), placeOf(geometry)]);
  }
  const value = properties[key];
  const isKey = typeof value === 'number' || (typeof value === 'string' && value !== '');
  // One program writes a number as a text, another one as a number.
  return isKey ? `'${value}'` : undefined;
}

function placeOf(geometry: Geometry | null): string {
  return positionsOf(geometry?.coordinates)
    .map(([longitude, latitude]) => `${longitude.toFixed(DECIMALS)},${latitude.toFixed(DECIMALS)}`)
    .join(' ');
}

function isSame(record: NetworkRecord, { geometry, properties }: TownFeature): boolean {
  return (
    placeOf(record.geometry) === placeOf(geometry) &&
    Object.entries(properties).every(([name, value]) => (record.properties[name] ?? null) === (value ?? null))
  );
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
