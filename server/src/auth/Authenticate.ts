import type { Caller } from '../../../backend/tasks/TaskEngine.ts';

/**
 * Finds out who sent a request, from its headers and the other end of its connection. Undefined means that it carries
 * no credentials. It throws a TaskRefusal: 'unauthorized' (the credentials are not valid), 'forbidden', or
 * 'unavailable' (they cannot be checked now).
 */
export type Authenticate = (
  request: Request,
  peerAddress: string | undefined,
) => Caller | undefined | Promise<Caller | undefined>;
