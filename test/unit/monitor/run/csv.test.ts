// Tests that a table saved as CSV reaches a spreadsheet as it was, and that no cell of it becomes a formula there.
import { expect, test, vi } from 'vitest';
import { serveRuns } from '../../../../harness/run/runs.ts';
import { csvLine } from '../../../../src/contract/csv.ts';
import type { TaskItem } from '../../../../src/contract/index.ts';
import { FIRST_ITEM, ItemReader } from '../../../../src/monitor/run/ItemReader.ts';
import { itemsAsCsv } from '../../../../src/monitor/run/itemsAsCsv.ts';
import { safeFileName } from '../../../../src/monitor/run/saveFile.ts';

test.each([
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ['+1+1', "'+1+1"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['\t=1+1', `"'\t=1+1"`],
  ['\r\n=1+1', `"'\r\n=1+1"`],
  ['\u200b=1+1', "'\u200b=1+1"],
  ['＝1+1', "'＝1+1"],
  ['a,b', '"a,b"'],
  ['says "no"', '"says ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['14 High Street', '14 High Street'],
  ['', ''],
])('the text %j is the cell %j', (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`);
});

test('numbers stay numbers, and what is none is empty', () => {
  expect(csvLine([-0.12, 52.2, Number.NaN, undefined])).toBe('-0.12,52.2,,\r\n');
});

const hostile: TaskItem[] = [
  { id: '=cmd|calc', code: 'too-far', message: '+bad', geometry: { type: 'Point', coordinates: [-0.1, 52] } },
  { id: 'address/2', ok: true },
];

test('the items of a run, over all pages of the server, are one file', async () => {
  const { client } = serveRuns([], { items: hostile, pageSize: 1 });
  const onCount = vi.fn<(count: number) => void>();
  const parts = await itemsAsCsv(
    (...call) => client.listItems?.(...call) ?? Promise.reject(),
    'run',
    { failed: false },
    {
      reasonOf: (item) => (item.ok ? '' : item.message),
      signal: new AbortController().signal,
      onCount,
    },
  );
  expect(parts.join('')).toBe(
    '\ufeffitem,status,code,reason,message,longitude,latitude\r\n' +
      "'=cmd|calc,failed,too-far,'+bad,'+bad,-0.1,52\r\n" +
      'address/2,succeeded,,,,,\r\n',
  );
  expect(onCount).toHaveBeenLastCalledWith(2);
});

test('a download that is stopped gives no file', async () => {
  const { client } = serveRuns([], { items: hostile, pageSize: 1 });
  const calls = new AbortController();
  const list: ConstructorParameters<typeof ItemReader>[0] = (...call) => {
    calls.abort(new Error('stopped'));
    return client.listItems?.(...call) ?? Promise.reject();
  };
  await expect(
    itemsAsCsv(
      list,
      'run',
      { failed: false },
      { reasonOf: () => '', signal: calls.signal, onCount: () => {} },
    ),
  ).rejects.toThrow('stopped');
  await expect(
    new ItemReader(list, 'run').read({ failed: false }, FIRST_ITEM, { count: 1, signal: calls.signal }),
  ).rejects.toThrow('stopped');
});

test.each([
  ['run-12.log', 'run-12.log'],
  ['../../etc/passwd', '__.._etc_passwd'],
  ['a:b*c?.csv', 'a_b_c_.csv'],
  ['', 'download'],
])('a file is called %j as %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});
