import type { Geometry } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { TableDefinition } from './tables.ts';

/** The errors that every store answers with, so that all of them say the same. */

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

export function masterReadOnly(table: string): TaskRefusal {
  return new TaskRefusal({
    code: 'master-read-only',
    message: `Table ${table} of master is read-only: write to the view of a design.`,
  });
}

/** For an update or a delete. `design`: 'design/NAME'. */
export function recordNotFound(table: string, id: number, design: string): TaskRefusal {
  return new TaskRefusal({
    code: 'record-not-found',
    message: `There is no ${table}/${id} in ${design} to change or delete: look it up in the view of this design first.`,
    details: { record: `${table}/${id}`, design },
  });
}

/** Throws 'invalid-record' where the table does not take such a geometry. */
export function refuseGeometry({ name, geometry: kind }: TableDefinition, geometry: Geometry | null): void {
  if (geometry === null || geometry.type === kind) return;
  const fix = kind === null ? 'leave the geometry out' : `give a ${kind}, or null`;
  throw new TaskRefusal({
    code: 'invalid-record',
    message: `Table ${name} takes no geometry of type '${geometry.type}': ${fix}.`,
    details: { table: name, geometry: geometry.type, fix },
  });
}

/** Throws 'invalid-request' where the table does not hold points: nobody asks what of it is near. */
export function refusePointless({ name, geometry }: TableDefinition): void {
  if (geometry === 'Point') return;
  throw new TaskRefusal({
    code: 'invalid-request',
    message: `Table ${name} holds no points: ask a table of points what is near.`,
  });
}

export function transactionEnded(): Error {
  return new Error('the transaction was committed or rolled back: begin another one');
}
