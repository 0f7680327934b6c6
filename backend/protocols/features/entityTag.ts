import { TaskRefusal } from '../../common/TaskRefusal.ts';
import type { NetworkRecord } from '../../network/NetworkStore.ts';

/** The `ETag` of a record: equal as long as geometry and properties are, in every store and on every server. */
export function entityTag({ geometry, properties }: Pick<NetworkRecord, 'geometry' | 'properties'>): string {
  return `"${hash(JSON.stringify(sorted([geometry, properties])))}"`;
}

/** Throws 'precondition-failed' where the request has an `If-Match` that the record does not meet. */
export function refuseOtherTag(ifMatch: string | null, record: NetworkRecord): void {
  if (ifMatch === null) return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (tags.includes('*') || tags.includes(entityTag(record))) return;
  throw new TaskRefusal({
    code: 'precondition-failed',
    message: `${record.urn} is not what If-Match names: somebody has changed it. Read it again, and send its new ETag.`,
    details: { record: record.urn },
  });
}

/** Databases keep the properties of an object in an order of their own. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, item]) => [name, sorted(item)]);
}

/** Gives 64 bits of a text, as two sums of multiplications. They distinguish the versions of one record, and are no secret. */
function hash(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (high >>> 0).toString(36).padStart(7, '0') + (low >>> 0).toString(36).padStart(7, '0');
}
