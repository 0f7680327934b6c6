import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { importCommand } from '../../../../../server/src/cli/import.ts';

test('--check looks at a file without a database, and says what it guessed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'houses.csv');
  await writeFile(file, 'lon,lat,street,number\n13.1,52.1,Am Weg,1\n13.2,52.2,Am Weg,2\n');
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => log.mockRestore());
  expect(await importCommand(['--check', file], {})).toBe(0);
  const text = log.mock.calls.flat().join('\n');
  expect(text).toContain('street=street, number=number');
  expect(text).toContain('Nothing was stored');
  await expect(importCommand([file], {})).rejects.toThrow(/--database/);
});
