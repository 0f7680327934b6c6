import type { BoundingBox } from '../contract/index.ts';

// What the modal knows of the task that connects customers. The server's definition says the same in its schema
// (backend/definitions); test/unit/definitions/sameTypes.test.ts holds the two equal.

export const CUSTOMER_CONNECTION_TASK = 'customer_connection_task';

export interface CustomerConnectionParams {
  /** 'design/NAME'. */
  design: string;
  /** Id of a pole that belongs to the design. */
  pole_id: number;
  /** How many addresses to connect; default 2,000. */
  count?: number | undefined;
  /** How addresses are chosen; default 'random'. */
  selection?: 'random' | 'nearest' | 'within' | undefined;
  /** For 'within': metres around the pole. */
  radius_metres?: number | undefined;
  /** Same seed, same network. An integer, 0 to 2^32 - 1; when absent it comes from the task's id. Reported in the result. */
  seed?: number | undefined;
}

export interface CustomerConnectionResult {
  design: string;
  connections: number;
  poles: number;
  cables: number;
  cableLengthMetres: number;
  seed: number;
  /** Of all that was built. */
  bbox: BoundingBox;
}
