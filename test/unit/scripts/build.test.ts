import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashOf } from '../../../scripts/build.ts';

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'lrt-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src/client'), { recursive: true });
  writeFileSync(join(folder, 'src/client/index.ts'), 'one');
  writeFileSync(join(folder, 'package.json'), '{}');
  return folder;
}

test('a build is current only while every file that it was made of is the same', () => {
  const folder = newFolder();
  const hash = () => hashOf(['src', 'package.json', 'missing'], folder);
  const before = hash();
  expect(hash()).toBe(before);

  writeFileSync(join(folder, 'src/client/index.ts'), 'two');
  const changed = hash();
  writeFileSync(join(folder, 'src/more.ts'), '');
  const added = hash();
  rmSync(join(folder, 'src/more.ts'));
  writeFileSync(join(folder, 'package.json'), '{ }');
  const configured = hash();
  expect(new Set([before, changed, added, configured]).size).toBe(4);
});

test('the same files in another checkout have the same hash', () => {
  expect(hashOf(['src'], newFolder())).toBe(hashOf(['src'], newFolder()));
});
