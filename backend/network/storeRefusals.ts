import type { BoundingBox, Geometry } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { isBoundingBox } from './boundingBox.ts';
import type { TableDefinition } from './tables.ts';

/** An error names so many records at most. */
const NAMED_RECORDS = 100;

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

/** `name`: of the design, without 'design/'; null: master. */
export function designConflict(name: string | null): TaskRefusal {
  const design = name === null ? null : `design/${name}`;
  return new TaskRefusal({
    code: 'design-conflict',
    message: `${design ?? 'Master'} was changed by somebody else meanwhile; nothing was stored. Start again.`,
    details: { design },
  });
}

/** `name`: of the design, without 'design/'. `records`: the URNs of master's records that both have changed, in order. */
export function postConflict(name: string, records: readonly string[]): TaskRefusal {
  const named = records.slice(0, NAMED_RECORDS);
  const more = records.length > named.length ? ` and ${records.length - named.length} more` : '';
  return new TaskRefusal({
    code: 'design-conflict',
    message:
      `design/${name} changes ${records.length === 1 ? 'a record that has' : 'records that have'} changed in master since: ` +
      `${named.join(', ')}${more}; nothing was posted. Post it with "prefer" as 'design' or as 'master', which says whose version stays.`,
    details: { design: `design/${name}`, records: named, count: records.length },
  });
}

/** `name`: of the design, without 'design/'. */
export function designExists(name: string): TaskRefusal {
  return new TaskRefusal({
    code: 'design-exists',
    message: `There is a design/${name} already: give the new one another name, or drop or post the old one first.`,
    details: { design: `design/${name}` },
  });
}

export function masterReadOnly(table: string): TaskRefusal {
  return new TaskRefusal({
    code: 'master-read-only',
    message: `Table ${table} of master is read-only: write to the view of a design.`,
  });
}

/** For an update or a delete. `design`: 'design/NAME', or null for master. */
export function recordNotFound(table: string, id: number, design: string | null): TaskRefusal {
  const view = design === null ? 'of master' : 'of this design';
  return new TaskRefusal({
    code: 'record-not-found',
    message: `There is no ${table}/${id} in ${design ?? 'master'} to change or delete: look it up in the view ${view} first.`,
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

export function snapshotClosed(): Error {
  return new Error('the snapshot is closed: read before close(), or take another one');
}

export function undoStandsAlone(): Error {
  return new Error('a transaction that undoes a run writes nothing else: undo in a task of its own');
}

export function rehearsalOnly(): Error {
  return new Error('the transaction is a rehearsal, of which nothing can be stored: begin another one');
}

/** Throws 'invalid-request' where it is no box in degrees. */
export function refuseNoBox(box: BoundingBox): void {
  if (isBoundingBox(box)) return;
  throw new TaskRefusal({
    code: 'invalid-request',
    message: `${JSON.stringify(box)} is no box: give [west, south, east, north] in degrees, south not above north.`,
  });
}
