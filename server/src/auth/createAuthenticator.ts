import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import type { AuthConfig } from '../config/Config.ts';
import { byProxyHeader } from './byProxyHeader.ts';
import { bySharedToken } from './bySharedToken.ts';
import { byWebToken } from './byWebToken.ts';
import { insecure } from './insecure.ts';

/**
 * Who asks, by what a request brings and the other end of its connection. Undefined: no credentials. A TaskRefusal:
 * 'unauthorized' (they are not valid), 'forbidden' or 'unavailable' (nobody can tell now).
 */
export type Authenticate = (
  request: Request,
  peerAddress: string | undefined,
) => Caller | undefined | Promise<Caller | undefined>;

/** Rejects with a ConfigError where a key file cannot be read or a network is none. */
export async function createAuthenticator(auth: AuthConfig): Promise<Authenticate> {
  switch (auth.kind) {
    case 'jwt':
      return byWebToken(auth);
    case 'proxy-header':
      return byProxyHeader(auth);
    case 'token':
      return bySharedToken(auth.token);
    case 'insecure':
      return insecure;
  }
}
