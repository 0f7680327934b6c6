import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

/** Builds the plain page as it is now, and serves it on a free port. */
export async function serveHarness(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'lrt-harness-'));
  const shared = { configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' as const };
  await build({ ...shared, build: { outDir } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The harness is not served at a local address.');
  return {
    url,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
