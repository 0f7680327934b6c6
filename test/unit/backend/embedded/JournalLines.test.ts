import { expect, test } from 'vitest';
import { JournalLines } from '../../../../backend/embedded/JournalLines.ts';
import type { JournaledLine } from '../../../../backend/embedded/TaskJournal.ts';
import type { LogLine } from '../../../../src/contract/index.ts';

const line = (message: string): LogLine => ({
  at: '2026-03-01T08:00:00Z',
  level: 'info',
  message,
  attempt: 1,
});

test('lines that could not be written come with the next ones, without those that were forgotten meanwhile', async () => {
  const written: [added: string[], forgotten: [string, number][]][] = [];
  const problems: unknown[] = [];
  let isAway = true;
  const journal = {
    load: async () => [],
    async write(added: readonly JournaledLine[], forgotten: ReadonlyMap<string, number>) {
      if (isAway) throw new Error('the disk is full');
      written.push([added.map(({ taskId, number }) => `${taskId}${number}`), [...forgotten]]);
    },
  };
  const lines = new JournalLines(journal, (error) => problems.push(error));
  for (let i = 1; i <= 3; i++) lines.add('a', i, line(`${i}`));
  lines.add('b', 1, line('of another task'));
  await lines.flush();
  expect(problems).toEqual([new Error('the disk is full')]);
  lines.forget('a', 2);
  isAway = false;
  // The engine begins with 1 again where it has forgotten all lines of a task.
  lines.forget('b', 1);
  lines.add('b', 1, line('again'));
  await lines.flush();
  await lines.flush();
  expect(written).toEqual([
    [
      ['a3', 'b1'],
      [
        ['a', 2],
        ['b', 1],
      ],
    ],
  ]);
});
