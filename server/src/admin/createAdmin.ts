import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';

/**
 * The page would load its fonts from another company's server, which then learns who looks at it and when. Ours
 * serves them.
 */
const FOREIGN_LINK = /<link[^>]*href="https:[^>]*>/g;

/**
 * The policy allows bull-board's page what it needs and no more. Styles are in the page and on its elements; scripts,
 * data and pictures come from this server.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface AdminOptions {
  /** The queues to show. The caller closes them. */
  queues: Queue[];
  /** The path under which the page is mounted: '/admin/queues'. */
  basePath: string;
}

/**
 * Shows bull-board over the queues to admins, read-only. A job that somebody retries or removes behind the engine's
 * back would contradict the row of its task. Users cancel and retry tasks through the API.
 *
 * It authenticates nobody: the caller has done that before.
 */
export function createAdmin({ queues, basePath }: AdminOptions): {
  fetch(request: Request): Promise<Response>;
} {
  const board = new HonoAdapter(serveStatic);
  board.setBasePath(basePath);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'lrt-server' } },
  });
  // The path matches with a slash at its end and without.
  const app = new Hono({ strict: false });
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      return c.text('This page is to look at only: cancel and retry tasks through the API\n', 405, {
        Allow: 'GET, HEAD',
      });
    }
    await next();
    c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Content-Type-Options', 'nosniff');
    if (c.req.path.startsWith(`${basePath}/static/`)) return;
    c.header('Cache-Control', 'no-store');
    if (c.res.headers.get('content-type')?.startsWith('text/html')) {
      const { status, headers } = c.res;
      const page = (await c.res.text()).replace(FOREIGN_LINK, '');
      c.res = new Response(page, { status, headers });
    }
  });
  app.route(basePath, board.registerPlugin());
  app.onError((_error, c) => c.text('Something went wrong on the server\n', 500));
  return { fetch: async (request) => app.fetch(request) };
}
