import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  NetworkRecord,
  NetworkStore,
  NetworkStoreTransaction,
  NetworkTable,
} from '../../backend/network/NetworkStore.ts';
import { defineTables, type TableDraft } from '../../backend/network/tables.ts';
import type { TownData } from '../../backend/network/townTypes.ts';
import type { Position } from '../../src/contract/index.ts';
import { ORIGIN, testTown } from '../support/network/testTown.ts';

const OWN = defineTables([{ name: 'inspection', geometry: 'Point', indexed: ['name'] }]);
const DESIGNS = ['design/North', 'design/South'] as const;
const TABLES = ['pole', 'inspection'] as const;
const NAMES = ['a', 'b', 'c'];

/** A table of a view as a plain map: id to name and place. */
type Rows = Map<number, { name: string; at: Position }>;
type View = Record<(typeof TABLES)[number], Rows>;

interface ModelTransaction {
  real: NetworkStoreTransaction;
  /** By design that it wrote to: its view, and the version that it began with. */
  staged: Map<string, { view: View; version: number }>;
}

interface WriteStep {
  kind: 'insert' | 'update' | 'delete';
  /** Which of the two transactions. */
  by: number;
  design: number;
  table: number;
  pick: number;
  name: number;
}
type Step = WriteStep | { kind: 'commit' | 'rollback'; by: number };

const isWrite = (step: Step): step is WriteStep => 'design' in step;

const write = fc.record({
  kind: fc.constantFrom('insert' as const, 'update' as const, 'update' as const, 'delete' as const),
  by: fc.nat(1),
  // Mostly one design, so that the two transactions meet.
  design: fc.constantFrom(0, 0, 0, 1),
  table: fc.nat(1),
  pick: fc.nat(9),
  name: fc.nat(NAMES.length - 1),
});
const end = fc.record({
  kind: fc.constantFrom('commit' as const, 'commit' as const, 'rollback' as const),
  by: fc.nat(1),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 5, arbitrary: write }, { weight: 1, arbitrary: end }),
  {
    minLength: 5,
    maxLength: 40,
  },
);

/** Compares random sequences of writes by two transactions with a plain model, in which a view is a map. */
export function declareNetworkStoreModel(
  name: string,
  create: (town: TownData, tables: readonly TableDraft[]) => Promise<NetworkStore>,
  { numRuns = 60 } = {},
): void {
  describe(`${name}: network store against a model`, () => {
    it('shows what a plain map would, for any sequence of writes, commits and rollbacks', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => run(await create(testTown(0), OWN), sequence)),
        { seed: 20_261_128, numRuns },
      );
    }, 120_000);
  });
}

async function run(store: NetworkStore, sequence: readonly Step[]): Promise<void> {
  const committed = new Map<string, { view: View; version: number }>();
  for (const design of DESIGNS) {
    const view = await store.begin().view(design);
    committed.set(design, {
      view: { pole: await rowsOf(view.table('pole')), inspection: new Map() },
      version: 0,
    });
  }
  const master = await rowsOf((await store.begin().view()).table('pole'));
  const begin = (): ModelTransaction => ({ real: store.begin(), staged: new Map() });
  const transactions = [begin(), begin()];
  const current = (design: string) => {
    const found = committed.get(design);
    if (!found) throw new Error(`the model lacks ${design}`);
    return found;
  };

  for (const step of sequence) {
    const transaction = transactions[step.by];
    if (!transaction) throw new Error('there are two transactions');
    const { staged, real } = transaction;
    const conflict = [...staged].some(([design, { version }]) => version !== current(design).version);
    if (step.kind === 'rollback') {
      real.rollback();
      transactions[step.by] = begin();
    } else if (step.kind === 'commit') {
      if (conflict) {
        await expect(real.commit()).rejects.toMatchObject({ error: { code: 'design-conflict' } });
      } else {
        await real.commit();
        for (const [design, { view, version }] of staged)
          committed.set(design, { view, version: version + 1 });
      }
      transactions[step.by] = begin();
    } else if (isWrite(step) && !conflict) {
      await apply(transaction, step, current);
    }
    if (isWrite(step)) continue;
    for (const design of DESIGNS) {
      await compare(await store.begin().view(design), current(design).view);
    }
  }
  expect(await rowsOf((await store.begin().view()).table('pole'))).toEqual(master);
}

async function apply(
  { real, staged }: ModelTransaction,
  step: WriteStep,
  current: (design: string) => { view: View; version: number },
): Promise<void> {
  const design = DESIGNS[step.design] ?? DESIGNS[0];
  const tableName = TABLES[step.table] ?? TABLES[0];
  const view = await real.view(design);
  const table = view.table(tableName);
  const base = staged.get(design) ?? current(design);
  const rows = base.view[tableName];
  // One in ten asks for a record that is not there.
  const id =
    step.pick === 9 ? 1_000_000 : ([...rows.keys()].sort((a, b) => a - b)[step.pick % rows.size] ?? 0);
  const at: Position = [ORIGIN[0] + step.pick * 1e-3, ORIGIN[1] + step.name * 1e-3];
  const properties = { name: NAMES[step.name] ?? 'a' };
  const geometry = { type: 'Point' as const, coordinates: at };
  const there = rows.get(id);
  if (step.kind !== 'insert' && !there) {
    const refused = step.kind === 'delete' ? table.delete(id) : table.update(id, { properties, geometry });
    await expect(refused).rejects.toMatchObject({ error: { code: 'record-not-found' } });
    return;
  }
  const own = staged.get(design) ?? { view: copyOf(base.view), version: base.version };
  staged.set(design, own);
  if (step.kind === 'insert') {
    const record = await table.insert({ geometry, properties });
    expect(own.view[tableName].has(record.id)).toBe(false);
    own.view[tableName].set(record.id, { name: properties.name, at });
  } else if (step.kind === 'delete') {
    await table.delete(id);
    own.view[tableName].delete(id);
  } else {
    await table.update(id, { properties, geometry });
    own.view[tableName].set(id, { name: properties.name, at });
  }
  await compare(view, own.view);
}

/** Asks the view in every way there is. */
async function compare(seen: { table(name: string): NetworkTable }, view: View): Promise<void> {
  for (const tableName of TABLES) {
    const table = seen.table(tableName);
    const rows = view[tableName];
    const ids = [...rows.keys()].sort((a, b) => a - b);
    expect((await table.recs()).map(({ id }) => id)).toEqual(ids);
    expect(await rowsOf(table)).toEqual(rows);
    expect(await table.count()).toBe(ids.length);
    expect((await table.recs({ limit: 2 })).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    for (const name of NAMES) {
      const named = ids.filter((id) => rows.get(id)?.name === name);
      expect((await table.filterOn('name', name)).map(({ id }) => id)).toEqual(named);
      expect((await table.filterOn('name', name, { limit: 1 })).map(({ id }) => id)).toEqual(
        named.slice(0, 1),
      );
    }
    const near = await table.near(ORIGIN, {});
    expect(near.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids);
    expect((await table.near(ORIGIN, { limit: 2 })).map(({ id }) => id)).toEqual(
      near.slice(0, 2).map(({ id }) => id),
    );
    for (const id of [...ids.slice(-2), 1, 1_000_000]) {
      expect((await table.get(id))?.properties.name).toBe(rows.get(id)?.name);
    }
  }
}

async function rowsOf(table: NetworkTable): Promise<Rows> {
  return new Map((await table.recs()).map((record) => [record.id, rowOf(record)]));
}

function rowOf({ properties, geometry }: NetworkRecord): { name: string; at: Position } {
  return {
    name: String(properties.name),
    at: geometry?.type === 'Point' ? geometry.coordinates : [0, 0],
  };
}

function copyOf({ pole, inspection }: View): View {
  return { pole: new Map(pole), inspection: new Map(inspection) };
}
