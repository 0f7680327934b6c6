import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import packageJson from '../../package.json' with { type: 'json' };
import { announce } from './outcome.ts';
import { run } from './run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the packages are packed and installed: see packed.ts. */
    packFolder: string;
  }
}

const root = join(import.meta.dirname, '../..');

/** What the plugin's users have beside it, of the versions that the repository is tested with. */
const PEERS = [
  'react',
  'react-dom',
  'antd',
  'msw',
  'ol',
  'maplibre-gl',
  'vite',
  '@types/react',
  '@types/react-dom',
  '@types/node',
] as const;

/** The real platform's modules cannot be installed; entries that import them are given these names. */
async function standInPlatform(consumer: string): Promise<void> {
  await cp(join(import.meta.dirname, 'platform'), join(consumer, 'node_modules/myWorld-client'), {
    recursive: true,
  });
}

const QUIETLY = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

async function createProject(folder: string, packages: string[]): Promise<void> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  await run('npm', ['install', ...QUIETLY, ...packages], folder);
}

async function pack(folder: string, args: string[]): Promise<string> {
  await mkdir(folder);
  await run('npm', ['pack', '--pack-destination', folder, ...args], root);
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!packed) throw new Error('npm pack wrote no tarball');
  return join(folder, packed);
}

/** Packs both packages as they would be published and installs each in an empty project. */
async function prepare(folder: string) {
  const tarball = await pack(join(folder, 'plugin'), []);
  // The first one's `prepack` has built both.
  const serverTarball = await pack(join(folder, 'server'), ['--workspace', 'server', '--ignore-scripts']);

  const consumer = join(folder, 'consumer');
  const peers = PEERS.map((name) => `${name}@${packageJson.devDependencies[name]}`);
  const serverConsumer = join(folder, 'serverConsumer');
  await Promise.all([
    createProject(consumer, [tarball, ...peers]),
    createProject(serverConsumer, [serverTarball]),
  ]);
  await standInPlatform(consumer);
  await cp(join(import.meta.dirname, 'app'), join(consumer, 'app'), { recursive: true });
  await cp(join(import.meta.dirname, 'types'), join(consumer, 'types'), { recursive: true });
  return { tarball, consumer, serverTarball, serverConsumer };
}

/** Begins to pack, and lets other tests run meanwhile: npm waits for the network and the disk more than it computes. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-pack-'));
  project.provide('packFolder', folder);
  const prepared = prepare(folder).then(
    (packed) => announce(folder, { packed }),
    (error: unknown) => announce(folder, { problem: String(error) }),
  );
  return async () => {
    await prepared;
    await rm(folder, { recursive: true, force: true });
  };
}
