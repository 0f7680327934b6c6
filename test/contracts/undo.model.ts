import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaskRefusal } from '../../backend/common/TaskRefusal.ts';
import type { NetworkStore, NetworkTransaction } from '../../backend/network/NetworkStore.ts';
import { defineTables, type TableDraft } from '../../backend/network/tables.ts';
import type { TownData } from '../../backend/network/townTypes.ts';
import { referencesIn } from '../../backend/network/undo/references.ts';
import type { Position } from '../../src/contract/index.ts';
import { ORIGIN, testTown } from '../support/network/testTown.ts';

const OWN = defineTables([{ name: 'inspection', geometry: 'Point', indexed: ['name'] }]);
const DESIGNS = ['design/North', 'design/South'] as const;
const TABLES = ['pole', 'inspection', 'splice_closure'] as const;

interface Write {
  kind: 'insert' | 'update' | 'delete';
  design: number;
  table: number;
  pick: number;
  value: number;
  /** The new properties refer to another record. */
  refers: boolean;
}
type Step =
  | { kind: 'run'; writes: Write[] }
  | { kind: 'edit'; writes: Write[] }
  | { kind: 'master'; pick: number; value: number }
  | { kind: 'undo'; pick: number; keep: boolean };

const write: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom(
    'insert' as const,
    'insert' as const,
    'update' as const,
    'update' as const,
    'delete' as const,
  ),
  design: fc.constantFrom(0, 0, 0, 1),
  table: fc.nat(TABLES.length - 1),
  pick: fc.nat(9),
  value: fc.nat(3),
  refers: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      writes: fc.array(write, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      writes: fc.array(write, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('master' as const), pick: fc.nat(1), value: fc.nat(3) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('undo' as const), pick: fc.nat(9), keep: fc.boolean() }),
  },
);

/** What a design shows: by 'design/NAME pole/12' the whole record as text. */
type Seen = Map<string, string>;

/** A task that committed: what it touched, and what that was before and after. */
interface Committed {
  id: string;
  before: Seen;
  after: Seen;
}

/**
 * Undoes and redoes in random sequences of runs and edits, and compares with what was there. `dump` gives all that a store keeps of
 * designs, hidden marks too.
 */
export function declareUndoModel<Store extends NetworkStore>(
  name: string,
  create: (town: TownData, tables: readonly TableDraft[]) => Promise<Store>,
  { numRuns = 40, dump }: { numRuns?: number; dump?: (store: Store) => Promise<unknown> } = {},
): void {
  describe(`${name}: undo against snapshots`, () => {
    it('the state after is the state before, others keep what they did, and no reference leads nowhere', async () => {
      const seen = { undone: 0, kept: 0, refused: 0, redone: 0 };
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
          const store = await create(testTown(0), OWN);
          await run(store, steps, () => dump?.(store) ?? Promise.resolve(undefined), seen);
        }),
        { seed: 20_261_129, numRuns },
      );
      // The sequences were worth something.
      for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
    }, 120_000);
  });
}

async function run(
  store: NetworkStore,
  steps: readonly Step[],
  dump: () => Promise<unknown>,
  seen: { undone: number; kept: number; refused: number; redone: number },
): Promise<void> {
  const tasks: Committed[] = [];
  const danglingByOthers = new Set<string>();
  for (const [number, step] of steps.entries()) {
    const before = await everything(store);
    if (steps[number - 1]?.kind !== 'undo')
      for (const reference of dangling(before)) danglingByOthers.add(reference);
    const dumped = await dump();
    const id = `t${number}`;
    if (step.kind === 'master') {
      await store.edit(async (network) => {
        const pole = (await network.view()).table('pole');
        await pole.update(1 + step.pick, { properties: { height_m: step.value } });
      });
    } else if (step.kind === 'edit') {
      await store.edit((network) => writeAll(network, step.writes));
    } else if (step.kind === 'run') {
      const transaction = store.begin({ taskId: id });
      await writeAll(transaction, step.writes);
      await transaction.commit();
      const after = await everything(store);
      if (!isSame(before, after)) {
        tasks.push({ id, before, after });
        // At once: nobody can have built on it.
        expect(await undo(store, `u${id}`, id, false)).toBe('done');
        expectSame(await everything(store), before);
        expect(await dump()).toEqual(dumped);
        expect(await undo(store, `v${id}`, id, false)).toBe('already-undone');
        expect(await undo(store, `r${id}`, `u${id}`, false)).toBe('done');
        expectSame(await everything(store), after);
        for (const reference of dangling(after)) danglingByOthers.add(reference);
        seen.redone += 1;
      }
    } else {
      const task = tasks[step.pick % Math.max(1, tasks.length)];
      if (!task) continue;
      const outcome = await undo(store, id, task.id, step.keep);
      const after = await everything(store);
      if (outcome !== 'done') {
        expect(outcome).toMatch(/^(already-undone|undo-conflict|undo-nothing)$/);
        if (step.keep) expect(outcome).not.toBe('undo-conflict');
        expectSame(after, before);
        expect(await dump()).toEqual(dumped);
        if (outcome === 'undo-conflict') seen.refused += 1;
        // Where nobody has touched anything since, there is no reason to refuse.
        if (isSame(before, task.after)) expect(outcome).toBe('already-undone');
        continue;
      }
      for (const urn of new Set([...before.keys(), ...after.keys()])) {
        if (before.get(urn) === after.get(urn)) continue;
        // Only what the run touched has changed, from what it left to what was there before it.
        expect([urn, before.get(urn)]).toEqual([urn, task.after.get(urn) ?? undefined]);
        expect([urn, after.get(urn)]).toEqual([urn, task.before.get(urn) ?? undefined]);
      }
      if (!step.keep) {
        for (const [urn, text] of task.after) {
          if (task.before.get(urn) !== text) expect(after.get(urn)).toBe(task.before.get(urn));
        }
      }
      // What a run or an edit has left without an end may be so again.
      expect(dangling(after).filter((reference) => !danglingByOthers.has(reference))).toEqual([]);
      seen[step.keep ? 'kept' : 'undone'] += 1;
      const left = await dump();
      // An undo can be undone, and done again.
      expect(await undo(store, `${id}b`, id, false)).toBe('done');
      expectSame(await everything(store), before);
      expect(await dump()).toEqual(dumped);
      expect(await undo(store, `${id}c`, `${id}b`, false)).toBe('done');
      expectSame(await everything(store), after);
      expect(await dump()).toEqual(left);
      tasks.push({ id, before, after });
    }
  }
}

async function undo(
  store: NetworkStore,
  taskId: string,
  target: string,
  keepOthers: boolean,
): Promise<string> {
  const transaction = store.begin({ taskId });
  try {
    await transaction.undo(target, { keepOthers });
    await transaction.commit();
    return 'done';
  } catch (error) {
    transaction.rollback();
    if (isTaskRefusal(error)) return error.error.code;
    throw error;
  }
}

async function writeAll(network: NetworkTransaction, writes: readonly Write[]): Promise<void> {
  for (const { kind, design, table: tableAt, pick, value, refers } of writes) {
    const view = await network.view(DESIGNS[design] ?? DESIGNS[0]);
    const table = view.table(TABLES[tableAt] ?? TABLES[0]);
    const records = await table.recs();
    const record = records[pick % Math.max(1, records.length)];
    const at: Position = [ORIGIN[0] + value * 1e-3, ORIGIN[1]];
    const poles = await view.table('pole').recs();
    const housing = refers ? poles[pick % Math.max(1, poles.length)]?.urn : undefined;
    const properties = {
      name: `n${value}`,
      ...(housing !== undefined && { housing, nested: [{ of: housing }] }),
    };
    if (kind === 'insert') await table.insert({ geometry: { type: 'Point', coordinates: at }, properties });
    else if (record && kind === 'update') await table.update(record.id, { properties });
    else if (record) await table.delete(record.id);
  }
}

async function everything(store: NetworkStore): Promise<Seen> {
  const seen: Seen = new Map();
  const transaction = store.begin();
  for (const design of DESIGNS) {
    const view = await transaction.view(design);
    for (const table of TABLES) {
      for (const record of await view.table(table).recs()) {
        // A record of master shows master, whatever an edit of master has made of it since.
        const text = record.design === null ? 'of master' : JSON.stringify(record);
        seen.set(`${design} ${record.urn}`, text);
      }
    }
  }
  transaction.rollback();
  return seen;
}

/** References that lead nowhere. */
function dangling(seen: Seen): string[] {
  const found: string[] = [];
  for (const [key, text] of seen) {
    if (text === 'of master') continue;
    const [design] = key.split(' ');
    const { properties } = JSON.parse(text);
    for (const urn of referencesIn(properties))
      if (!seen.has(`${design} ${urn}`)) found.push(`${key} ${urn}`);
  }
  return found;
}

function isSame(a: Seen, b: Seen): boolean {
  return a.size === b.size && [...a].every(([key, text]) => b.get(key) === text);
}

function expectSame(found: Seen, expected: Seen): void {
  expect([...found].sort()).toEqual([...expected].sort());
}
