import type { BoundingBox } from '../contract/index.ts';

// The modal's types of the task that connects customers. The server's definition says the same in its schema
// (backend/definitions); test/unit/backend/definitions/customerConnectionParams.test.ts holds the two equal.

export const CUSTOMER_CONNECTION_TASK = 'customer_connection_task';

export interface CustomerConnectionParams {
  /** 'design/NAME'. */
  design: string;
  /** Id of a pole that belongs to the design. */
  pole_id: number;
  /** The number of addresses to connect. Default 2,000. */
  count?: number | undefined;
  /** The way in which the task chooses addresses. Default 'random'. */
  selection?: 'random' | 'nearest' | 'within' | undefined;
  /** For 'within': metres around the pole. */
  radius_metres?: number | undefined;
  /**
   * Same seed, same network. An integer, 0 to 2^32 - 1; when absent it comes from the task's id. Reported in the
   * result.
   */
  seed?: number | undefined;
}

export interface CustomerConnectionResult {
  design: string;
  connections: number;
  poles: number;
  cables: number;
  cableLengthMetres: number;
  seed: number;
  /** Encloses everything that the task built. */
  bbox: BoundingBox;
}
