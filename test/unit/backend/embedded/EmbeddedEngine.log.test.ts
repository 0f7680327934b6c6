import { expect, test } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { EntryLines } from '../../../../backend/embedded/EntryLines.ts';
import { parseLogQuery } from '../../../../backend/tasks/logPages.ts';
import { declareLogContract } from '../../../contracts/log.contract.ts';
import { smallStore } from '../../../support/tasks/definitions.ts';

declareLogContract(
  'EmbeddedEngine',
  async (definitions) => ({ engine: new EmbeddedEngine({ definitions, store: smallStore() }) }),
  40,
);

const line = (message: string) => ({
  at: '2026-03-01T08:00:00Z',
  level: 'info' as const,
  message,
  attempt: 1,
});

test('the newest 50,000 lines of a task are kept, and a cursor from before goes on with the first of them', () => {
  const lines = new EntryLines();
  for (let i = 1; i <= 120_000; i++) lines.add('a', line(`${i}`));
  const page = lines.page('a', parseLogQuery({ after: '7', limit: 1 }));
  expect(Number(page.lines[0]?.message)).toBeGreaterThan(120_000 - 55_001);
  expect(Number(page.lines[0]?.message)).toBeLessThanOrEqual(70_001);
  expect(page.cursor).toBe(page.lines[0]?.message);
  expect(lines.page('a', parseLogQuery({ after: '119999' })).lines).toEqual([line('120000')]);
});

test('the lines of all tasks are bounded: those of the oldest task go first, and then the oldest of the only one', () => {
  const lines = new EntryLines();
  const long = 'x'.repeat(2_000);
  lines.add('old', line('first'));
  for (let i = 0; i < 10_000; i++) lines.add('a', line(long));
  lines.add('old', line('again'));
  for (let i = 0; i < 10_000; i++) lines.add('b', line(long));
  const count = (id: string) => {
    let kept = 0;
    for (let after = '0', hasMore = true; hasMore; ) {
      const page = lines.page(id, parseLogQuery({ limit: 1_000, after }));
      kept += page.lines.length;
      ({ cursor: after, hasMore } = page);
    }
    return kept;
  };
  expect([count('old'), count('a'), count('b')]).toEqual([0, 0, 10_000]);
  for (let i = 0; i < 10_000; i++) lines.add('b', line(long));
  expect(count('b')).toBeGreaterThan(5_000);
  expect(count('b')).toBeLessThanOrEqual(17_000);
});
