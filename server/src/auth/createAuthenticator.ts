import type { AuthConfig } from '../config/Config.ts';
import type { Authenticate } from './Authenticate.ts';
import { byProxyHeader } from './byProxyHeader.ts';
import { bySharedToken } from './bySharedToken.ts';
import { byWebToken } from './byWebToken.ts';
import { insecure } from './insecure.ts';

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
