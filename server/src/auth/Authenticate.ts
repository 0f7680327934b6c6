import type { Caller } from '../../../backend/tasks/TaskEngine.ts';

/**
 * Who asks, by what a request brings and the other end of its connection. Undefined: no credentials. A TaskRefusal:
 * 'unauthorized' (they are not valid), 'forbidden' or 'unavailable' (nobody can tell now).
 */
export type Authenticate = (
  request: Request,
  peerAddress: string | undefined,
) => Caller | undefined | Promise<Caller | undefined>;
