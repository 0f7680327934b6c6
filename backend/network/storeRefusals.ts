import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { TableName } from './NetworkStore.ts';

/** Tables that may hold lines, or nothing at all: nobody asks what of them is near. */
const POINTLESS_TABLES: ReadonlySet<TableName> = new Set([
  'oh_route',
  'fiber_cable',
  'cable_segment',
  'connection',
]);

/** `design`: as it was asked for; `names`: of the designs there are, without 'design/'. */
export function designNotFound(design: string, names: readonly string[]): TaskRefusal {
  const designs = names.map((name) => `design/${name}`);
  const known =
    designs.length === 0 ? 'there are no designs' : `there are: ${designs.slice(0, 20).join(', ')}`;
  return new TaskRefusal({
    code: 'design-not-found',
    message: `There is no design '${design}'; ${known}.`,
    details: { design, designs },
  });
}

/** `name`: of the design, without 'design/'. */
export function designConflict(name: string): TaskRefusal {
  return new TaskRefusal({
    code: 'design-conflict',
    message: `design/${name} was changed by somebody else meanwhile; nothing was stored. Start again.`,
    details: { design: `design/${name}` },
  });
}

export function masterReadOnly(table: TableName): TaskRefusal {
  return new TaskRefusal({
    code: 'master-read-only',
    message: `Table ${table} of master is read-only: write to the view of a design.`,
  });
}

export function refusePointless(table: TableName): void {
  if (!POINTLESS_TABLES.has(table)) return;
  throw new TaskRefusal({
    code: 'invalid-request',
    message: `Table ${table} holds no points: ask a table of points what is near.`,
  });
}

export function transactionEnded(): Error {
  return new Error('the transaction was committed or rolled back: begin another one');
}
