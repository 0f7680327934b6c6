import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createServer, type ProxyOptions, preview } from 'vite';

interface Served {
  url: string;
  close(): Promise<void>;
}

const shared = { configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' as const };

/**
 * Builds the plain pages as they are now, and serves them on a free port. `folder`: where they are built. Resolves when they are
 * built; with `soon` before that, and then whoever asks for a page waits for it.
 */
export async function serveHarness({ soon = false } = {}): Promise<Served & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-harness-'));
  const built = build({ ...shared, build: { outDir: folder } });
  if (!soon) await built;
  const { url, close } = await servePages({ folder, built });
  return {
    url,
    folder,
    async close() {
      await built.catch(() => {});
      await close();
      await rm(folder, { recursive: true });
    },
  };
}

interface Pages {
  folder: string;
  /** Until then nobody gets a page; who asks for one gets the error of a build that failed. */
  built?: Promise<unknown>;
  /** Address of what server.html runs on. */
  server?: string;
}

/** Serves pages that `serveHarness` builds, on a free port. */
export async function servePages({ folder, built = Promise.resolve(), server }: Pages): Promise<Served> {
  // The error of the build reaches those who ask for a page.
  built.catch(() => {});
  const served = await preview({
    ...shared,
    plugins: [
      {
        name: 'wait-for-build',
        configurePreviewServer: ({ middlewares }) => {
          middlewares.use((_request, _response, next) => {
            built.then(() => next(), next);
          });
        },
      },
    ],
    build: { outDir: folder },
    preview: { port: 0, proxy: proxyTo(server) },
  });
  return { url: localUrl(served), close: () => served.close() };
}

/** Serves the pages from their sources, which can be edited meanwhile. `server`: address of what server.html runs on. */
export async function serveSources({ server }: { server: string }): Promise<Served> {
  const served = await createServer({ ...shared, server: { proxy: proxyTo(server) } });
  await served.listen();
  return { url: localUrl(served), close: () => served.close() };
}

/** The server's paths under the page's own origin, so that neither needs to know of the other. */
function proxyTo(server: string | undefined): Record<string, ProxyOptions> {
  return server === undefined ? {} : { '^/(tasks|features|designs)([/?]|$)': { target: server } };
}

function localUrl({ resolvedUrls }: { resolvedUrls: { local: string[] } | null }): string {
  const url = resolvedUrls?.local[0];
  if (!url) throw new Error('The harness is not served at a local address.');
  return url;
}
