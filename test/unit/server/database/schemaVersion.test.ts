import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SCHEMA_VERSION, schemaState } from '../../../../server/src/database/schemaVersion.ts';

test('the version of the schema is the number of the last migration', async () => {
  const files = await readdir(new URL('../../../../server/migrations', import.meta.url));
  expect(SCHEMA_VERSION.version).toBe(Math.max(...files.map((file) => Number.parseInt(file, 10))));
  expect(SCHEMA_VERSION.oldestServer).toBeLessThanOrEqual(SCHEMA_VERSION.version);
});

test('a server compares the schema that it finds with its own', () => {
  const own = { version: 12, oldestServer: 10 };
  expect(schemaState(undefined, own)).toBe('older');
  expect(schemaState({ version: 11, oldestServer: 10 }, own)).toBe('older');
  expect(schemaState({ version: 12, oldestServer: 10 }, own)).toBe('same');
  expect(schemaState({ version: 14, oldestServer: 12 }, own)).toBe('newer');
  expect(schemaState({ version: 14, oldestServer: 13 }, own)).toBe('incompatible');
});
