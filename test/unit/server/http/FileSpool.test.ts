import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { FileSpool } from '../../../../server/src/http/FileSpool.ts';

it('a spool gives back what it was given, and leaves no file, not even while it is open', async () => {
  const spool = new FileSpool();
  const pieces = Array.from({ length: 300 }, (_, i) => new Uint8Array(8192).fill(i % 251));
  for (const piece of pieces) await spool.append(piece);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('lrt-export-'))).toEqual([]);
  const read: Uint8Array[] = [];
  for await (const piece of spool.read()) read.push(piece);
  expect(Buffer.concat(read).equals(Buffer.concat(pieces))).toBe(true);
  await spool.close();
});
