import type { DesignLayer, Network } from '../layers.ts';
import { firstFrom } from '../RecordList.ts';
import { parseUrn } from '../urn.ts';
import { stateIn } from './changeSets.ts';
import {
  type ChangeSetHead,
  type DesignHistory,
  MAX_REFERRERS,
  type Referrer,
  type TouchedRecord,
} from './DesignHistory.ts';
import { referencesIn } from './references.ts';
import type { ChangeSet, LayerState } from './undoTypes.ts';

/** The history of the designs of a network in memory. */
export class MemoryHistory implements DesignHistory {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  async setsOf(taskId: string): Promise<ChangeSetHead[]> {
    return Array.from(this.#network.designs.values()).flatMap(({ info, history }) =>
      history
        .filter((set) => set.taskId === taskId)
        .map(({ version, designs }) => ({ design: info.name, version, designs })),
    );
  }

  async undoneBy(taskId: string): Promise<string | undefined> {
    for (const { history } of this.#network.designs.values()) {
      const found = history.findLast(({ undoes }) => undoes === taskId);
      if (found) return found.taskId;
    }
    return undefined;
  }

  async touched({ design: name, version }: ChangeSetHead): Promise<TouchedRecord[] | undefined> {
    const design = this.#network.designs.get(name);
    const since = design && setsFrom(design, version);
    const set = since?.[0];
    if (!design || !since || !set) return undefined;
    const firstLater = new Map<string, { state: LayerState; by: string | null }>();
    for (const { images, taskId = null } of since.slice(1)) {
      for (const [table, states] of images) {
        for (const [id, state] of states) {
          const urn = `${table}/${id}`;
          if (!firstLater.has(urn)) firstLater.set(urn, { state, by: taskId });
        }
      }
    }
    const found: TouchedRecord[] = [];
    const add = (table: string, id: number, before: LayerState) => {
      const now = stateIn(design.layer, table, id);
      const below = this.#network.master.layer.known(table)?.list.get(id);
      const next = firstLater.get(`${table}/${id}`);
      found.push({ table, id, before, after: next?.state ?? now, now, below, changedBy: next?.by });
    };
    for (const { table, firstId, lastId } of set.inserted) {
      for (let id = firstId; id <= lastId; id += 1) add(table, id, {});
    }
    for (const [table, images] of set.images) for (const [id, before] of images) add(table, id, before);
    return found;
  }

  async referrers({ design: name, version }: ChangeSetHead, gone: ReadonlySet<string>): Promise<Referrer[]> {
    const found: Referrer[] = [];
    const design = this.#network.designs.get(name);
    const later = (design && setsFrom(design, version))?.slice(1) ?? [];
    for (const [table, { list }] of design?.layer.entries() ?? []) {
      const isLater = writtenBy(later, table);
      for (const record of list.rows) {
        if (gone.has(record.urn) || !isLater(record.id)) continue;
        const to = referencesIn(record.properties).filter((urn) => gone.has(urn));
        if (to.length > 0) found.push({ record, to });
        if (found.length >= MAX_REFERRERS) return found;
      }
    }
    return found;
  }

  async missing({ design: name, version }: ChangeSetHead, urns: ReadonlySet<string>): Promise<Set<string>> {
    const design = this.#network.designs.get(name);
    const later = (design && setsFrom(design, version))?.slice(1) ?? [];
    const isGone = (urn: string) => {
      const { table = '', id = 0 } = parseUrn(urn) ?? {};
      const changed = later.find(({ images }) => images.get(table)?.has(id));
      const before = changed?.images.get(table)?.get(id);
      if (!design || !before) return false;
      const isBelow = this.#network.master.layer.known(table)?.list.get(id) !== undefined;
      const isSeen = ({ record, hidden }: LayerState) =>
        record !== undefined || (hidden === undefined && isBelow);
      return isSeen(before) && !isSeen(stateIn(design.layer, table, id));
    };
    return new Set([...urns].filter(isGone));
  }
}

/** Says whether some of the sets wrote a record of the table. */
function writtenBy(sets: readonly ChangeSet[], table: string): (id: number) => boolean {
  const changed = new Set(sets.flatMap(({ images }) => [...(images.get(table)?.keys() ?? [])]));
  const ranges = sets.flatMap(({ inserted }) => inserted.filter((range) => range.table === table));
  ranges.sort((a, b) => a.firstId - b.firstId);
  const firsts = ranges.map(({ firstId: id }) => ({ id }));
  return (id) => changed.has(id) || (ranges[firstFrom(firsts, id + 1) - 1]?.lastId ?? 0) >= id;
}

/** The sets from this version on. Undefined where the chain to the design's version now has a gap. */
function setsFrom({ history, version: now }: DesignLayer, version: number): ChangeSet[] | undefined {
  const first = history.findIndex((set) => set.version === version);
  if (first < 0) return undefined;
  const sets = history.slice(first);
  const isWhole = sets.every((set, i) => i === 0 || set.from === sets[i - 1]?.version);
  return isWhole && sets.at(-1)?.version === now ? sets : undefined;
}
