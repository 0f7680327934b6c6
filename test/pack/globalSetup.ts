import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import packageJson from '../../package.json' with { type: 'json' };
import { run } from './run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** A project beside no other, with the tarball and its peers installed by npm. */
    consumer: string;
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

/** Packs the package as it would be published (its `prepack` builds it) and installs it in an empty project, once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-pack-'));
  await run('npm', ['pack', '--pack-destination', folder], root);
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!packed) throw new Error('npm pack wrote no tarball');
  const tarball = join(folder, packed);

  const consumer = join(folder, 'consumer');
  await mkdir(consumer);
  await writeFile(
    join(consumer, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const peers = PEERS.map((name) => `${name}@${packageJson.devDependencies[name]}`);
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quietly, tarball, ...peers], consumer);
  await standInPlatform(consumer);
  await cp(join(import.meta.dirname, 'app'), join(consumer, 'app'), { recursive: true });
  await cp(join(import.meta.dirname, 'types'), join(consumer, 'types'), { recursive: true });

  project.provide('tarball', tarball);
  project.provide('consumer', consumer);
  return () => rm(folder, { recursive: true, force: true });
}
