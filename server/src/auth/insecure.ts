import { isLoopback } from '../config/options.ts';
import type { Authenticate } from './Authenticate.ts';
import { unauthorized } from './credentials.ts';

/**
 * Everyone on this machine is owner 'local', an admin. A Host that is another name is refused: a page could have
 * pointed its own name here (DNS rebinding), and its requests would then come from this machine.
 */
export const insecure: Authenticate = (request, peerAddress) => {
  const { hostname } = new URL(request.url);
  const isLocal = peerAddress === undefined || isLoopback(peerAddress.replace(/^::ffff:/, ''));
  if (isLocal && isLoopback(hostname)) return { owner: 'local', admin: true };
  throw unauthorized('With --insecure this server is for its own machine only, by the name localhost');
};
