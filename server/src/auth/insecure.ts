import { isLoopback } from '../config/options.ts';
import type { Authenticate } from './Authenticate.ts';
import { unauthorized } from './credentials.ts';

/**
 * Treats everyone on this machine as owner 'local', an admin. It refuses a Host that is another name: a page could
 * point its own name to this machine (DNS rebinding), and its requests would then come from here.
 */
export const insecure: Authenticate = (request, peerAddress) => {
  const { hostname } = new URL(request.url);
  const isLocal = peerAddress === undefined || isLoopback(peerAddress.replace(/^::ffff:/, ''));
  if (isLocal && isLoopback(hostname)) return { owner: 'local', admin: true };
  throw unauthorized('With --insecure this server is for its own machine only, by the name localhost');
};
