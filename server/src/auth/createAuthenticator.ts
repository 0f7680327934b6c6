import type { AuthConfig } from '../config/Config.ts';
import type { Authenticate } from './Authenticate.ts';
import { byProxyHeader } from './byProxyHeader.ts';
import { bySharedToken } from './bySharedToken.ts';
import { byWebToken } from './byWebToken.ts';
import { insecure } from './insecure.ts';

/**
 * Makes the authenticator that the configuration asks for. Rejects with a ConfigError when a key file cannot be read
 * or a network is not one. `onProblem` receives the failures of an identity provider.
 */
export async function createAuthenticator(
  auth: AuthConfig,
  onProblem?: (message: string, error: unknown) => void,
): Promise<Authenticate> {
  switch (auth.kind) {
    case 'jwt':
      return byWebToken(auth, { onProblem });
    case 'proxy-header':
      return byProxyHeader(auth);
    case 'token':
      return bySharedToken(auth.token);
    case 'insecure':
      return insecure;
  }
}
