import { createRecord, Layer, type Network } from './layers.ts';
import type { PostDesignOptions, PostedDesign } from './NetworkStore.ts';
import type { NetworkChange } from './networkChanges.ts';
import { designNotFound, postConflict } from './storeRefusals.ts';

/**
 * Gives the changes by which a design in memory is posted: the design goes, and master is written. Throws
 * 'design-not-found', and 'design-conflict' with the records that both have changed, unless `prefer` says whose stay.
 */
export function planPost(
  { master, designs }: Network,
  name: string,
  { prefer }: PostDesignOptions = {},
): { posted: PostedDesign; changes: NetworkChange[] } {
  const design = designs.get(name);
  if (!design) throw designNotFound(`design/${name}`, [...designs.keys()]);
  const posted = { added: 0, changed: 0, deleted: 0 };
  const conflicts: string[] = [];
  const layer = new Layer();
  for (const [table, { list, hidden }] of design.layer.entries()) {
    const inMaster = master.layer.table(table).list;
    const to = layer.table(table);
    const leftOut = new Set<number>();
    for (const [id, version] of [...hidden].sort(([a], [b]) => a - b)) {
      const stays = list.get(id) !== undefined;
      const isThere = inMaster.get(id) !== undefined;
      const isConflict = (master.changedAt.get(table)?.get(id) ?? 0) > version && (stays || isThere);
      if (isConflict) conflicts.push(`${table}/${id}`);
      if ((isConflict && prefer === 'master') || !(stays || isThere)) {
        leftOut.add(id);
        continue;
      }
      if (isThere) to.hidden.set(id, version);
      posted[stays ? 'changed' : 'deleted'] += 1;
    }
    for (const { id, geometry, properties } of list.rows) {
      if (leftOut.has(id)) continue;
      to.list.add(createRecord(table, id, null, geometry, properties));
      if (!hidden.has(id)) posted.added += 1;
    }
  }
  if (conflicts.length > 0 && prefer === undefined) throw postConflict(name, conflicts);
  return {
    posted,
    changes: [
      { kind: 'drop', design: name, isPosted: true },
      { kind: 'write', design: null, layer },
    ],
  };
}
