import type { Geometry } from '../../src/contract/index.ts';
import type { TableName } from './tables.ts';

/** A stored record. Treat as read-only: it may be shared. */
export interface NetworkRecord {
  readonly id: number;
  readonly table: TableName;
  /** `table/id`. */
  readonly urn: string;
  /** 'design/NAME' where the design added or changed the record; null where it is as in master. */
  readonly design: string | null;
  /** The record's geometry, where it has one: of the kind that its table is for. */
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}
