import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { entries } from '../../scripts/entries.mjs';
import { consumer, tarball } from './packed.ts';
import { run } from './run.ts';

const root = join(import.meta.dirname, '../..');

it('names every entry in its exports', () => {
  expect(Object.keys(packageJson.exports)).toEqual([...Object.keys(entries), './package.json']);
});

it('needs no older a Node than its dependencies do', async () => {
  const minimum = ({ engines }: { engines?: { node?: string } }) => {
    const [, major = 0, minor = 0] = /^>=(\d+)(?:\.(\d+))?/.exec(engines?.node ?? '>=0') ?? [];
    return Number(major) * 1000 + Number(minor);
  };
  for (const name of Object.keys(packageJson.dependencies)) {
    const manifest = await readFile(join(consumer, 'node_modules', name, 'package.json'), 'utf8');
    expect(minimum(packageJson), name).toBeGreaterThanOrEqual(minimum(JSON.parse(manifest)));
  }
});

it('satisfies publint, strictly', async () => {
  const packed = await readFile(tarball);
  const { messages, pkg } = await publint({
    strict: true,
    pack: { tarball: packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length) },
  });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

it('resolves with types wherever it is imported (attw)', async () => {
  // ESM only: bundlers and Node's `import` are what it is for. `require` works in Node 22 and newer, which attw's
  // stricter profiles count as a fault; and resolution of before Node 12 knows no `exports` at all.
  const attw = join(root, 'node_modules/.bin/attw');
  await run(attw, [tarball, '--profile', 'esm-only', '--no-color', '--no-emoji', '--format', 'ascii'], root);
});
