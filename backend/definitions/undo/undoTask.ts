import * as z from 'zod';
import {
  type GeoFeature,
  type PreviewCount,
  type TaskSnapshot,
  UNDO_TASK,
  undoTag,
} from '../../../src/contract/index.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import type { NetworkTransaction } from '../../network/NetworkStore.ts';
import type { KeptRecord, UndoneRun, UndoStep } from '../../network/undo/undoTypes.ts';
import { defineTask, type StartContext } from '../../tasks/defineTask.ts';
import { refusals } from '../../tasks/taskErrors.ts';

/** An undo of an undo of an undo ... is looked up so many times, to find the task that built. */
const MAX_CHAIN = 50;
/** A result, and a preview, name so many records of others. */
const NAMED = 100;

const params = z.strictObject({
  task: z.string().min(1).max(100).describe('Id of the task whose changes are undone'),
  others: z
    .enum(['refuse', 'keep'])
    .default('refuse')
    .describe(
      'What others built on since: refuse undoes nothing then, keep leaves those records as they are',
    ),
  design: z.string().max(500).optional().describe('The design of that task. The server fills it in'),
});

/** So many records of one table. */
export interface UndoneTable {
  table: string;
  removed: number;
  restored: number;
  changed: number;
}

/** The result of `undo_task`. */
export interface UndoResult {
  /** The task that was undone. */
  task: string;
  designs: string[];
  tables: UndoneTable[];
  removed: number;
  restored: number;
  changed: number;
  /** The first records of others that were left as they are, and how many there are. */
  kept: KeptRecord[];
  keptTotal: number;
}

/**
 * Undoes what a task committed to designs, in one unit: what it inserted goes, and what it changed or deleted is as it was before.
 * It is a task, so it can be undone itself, and then everything is there again with the same ids. Where others built on it
 * since, it is refused and names the records, unless `others` is 'keep'. Whoever may see the task and start its kind may undo it.
 *
 * @example
 * await client.enqueueTask('undo_task', { task: id });
 */
export const undoTask = defineTask({
  name: UNDO_TASK,
  queue: 'high_priority',
  timeoutSeconds: 600,
  params,
  complete,
  async check({ task, others }, { network }) {
    await undo(network, task, others);
  },
  exclusive: ({ design }) => design,
  async preview({ task, others }, { network }) {
    const undone = await undo(network, task, others, true);
    const tables = tablesOf(undone.steps);
    const features = undone.steps.flatMap(featureOf);
    return {
      counts: tables.flatMap(countsOf),
      features,
      remarks: undone.kept.length > 0 ? [keptRemark(undone.kept)] : [],
      size: undone.steps.length,
    };
  },
  async execute({ task, others }, { network, progress }): Promise<UndoResult> {
    const undone = await undo(network, task, others);
    const tables = tablesOf(undone.steps);
    const sum = (of: 'removed' | 'restored' | 'changed') =>
      tables.reduce((count, table) => count + table[of], 0);
    await progress({
      percent: 99,
      done: undone.steps.length,
      total: undone.steps.length,
      message: 'Committing',
    });
    return {
      task,
      designs: undone.designs,
      tables,
      removed: sum('removed'),
      restored: sum('restored'),
      changed: sum('changed'),
      kept: undone.kept.slice(0, NAMED),
      keptTotal: undone.kept.length,
    };
  },
});

function undo(
  network: NetworkTransaction,
  task: string,
  others: 'refuse' | 'keep',
  detailed = false,
): Promise<UndoneRun> {
  return network.undo(task, { keepOthers: others === 'keep', detailed });
}

/** Finds the task as its caller sees it, and refuses what cannot be undone before anything is looked up in the network. */
async function complete(given: Record<string, unknown>, { find, mayStart }: StartContext) {
  const { task: id } = given;
  if (typeof id !== 'string') return { params: given };
  const task = await find(id);
  if (!task) throw refusals.taskNotFound([id]);
  refuseUndoable(task);
  let built = task;
  for (let links = 0; built.name === UNDO_TASK && links < MAX_CHAIN; links += 1) {
    const before = typeof built.params.task === 'string' ? await find(built.params.task) : undefined;
    if (!before) break;
    built = before;
  }
  if (!mayStart(built.name)) {
    throw new TaskRefusal({
      code: 'forbidden',
      message: `Undoing "${built.name}" takes the permission to start it, which you do not have; ask an administrator for it`,
    });
  }
  const { design } = task.params;
  const { design: _, ...asked } = given;
  return {
    params: { ...asked, ...(typeof design === 'string' && { design }) },
    tags: [undoTag(id)],
  };
}

function refuseUndoable({
  id,
  status,
  designDeletedAt,
  designPostedAt,
  params: { design },
}: TaskSnapshot): void {
  const refuse = (message: string, details: Record<string, unknown>) => {
    throw new TaskRefusal({ code: 'not-undoable', message, details: { task: id, ...details } });
  };
  if (status === 'queued' || status === 'running') {
    refuse(`Task "${id}" is still ${status} and has stored nothing; cancel it instead`, { status });
  }
  if (status !== 'succeeded') {
    refuse(`Task "${id}" has stored nothing (${status}), so there is nothing to undo`, { status });
  }
  if (designPostedAt !== undefined) {
    refuse(
      `${design} was posted into master since, so task "${id}" cannot be undone; change master by a new design`,
      { status, design, why: 'posted' },
    );
  }
  if (designDeletedAt !== undefined) {
    refuse(`${design} was deleted since, with all that task "${id}" built`, {
      status,
      design,
      why: 'deleted',
    });
  }
}

function tablesOf(steps: readonly UndoStep[]): UndoneTable[] {
  const tables = new Map<string, UndoneTable>();
  for (const { table, seenNow, seenAfter } of steps) {
    const counts = tables.get(table) ?? { table, removed: 0, restored: 0, changed: 0 };
    tables.set(table, counts);
    if (seenNow && seenAfter) counts.changed += 1;
    else if (seenNow) counts.removed += 1;
    else if (seenAfter) counts.restored += 1;
  }
  return [...tables.values()];
}

function countsOf({ table, removed, restored, changed }: UndoneTable): PreviewCount[] {
  const counts: PreviewCount[] = [
    { kind: table, change: 'remove', count: removed },
    { kind: table, change: 'restore', count: restored },
    { kind: table, change: 'change', count: changed },
  ];
  return counts.filter(({ count }) => count > 0);
}

/** A record that goes is drawn as it is now, and one that comes back as it will be. */
function featureOf({ table, id, seenNow, seenAfter }: UndoStep): GeoFeature[] {
  const record = seenAfter ?? seenNow;
  if (!record?.geometry) return [];
  const change = seenNow && seenAfter ? 'change' : seenNow ? 'remove' : 'restore';
  return [
    { type: 'Feature', id: `${table}/${id}`, geometry: record.geometry, properties: { table, change } },
  ];
}

function keptRemark(kept: readonly KeptRecord[]) {
  return {
    code: 'undo-kept',
    message: `${kept.length} records stay as they are, because others built on them`,
    details: { count: kept.length, records: kept.slice(0, NAMED) },
  };
}
