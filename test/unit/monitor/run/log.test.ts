// Tests the log of a run without a page: what is kept, what a search finds, and what a saved file says.
import { expect, test } from 'vitest';
import { logOf } from '../../../../harness/run/runs.ts';
import { LogBuffer, MAX_LINES } from '../../../../src/monitor/run/LogBuffer.ts';
import { cutAtHits, LogSearch, mentions } from '../../../../src/monitor/run/LogSearch.ts';
import { logClock, logFile } from '../../../../src/monitor/run/logTimes.ts';

const MANY = logOf(2_000);

test('keeps the newest 50,000 lines, and says how many came before', () => {
  const log = new LogBuffer();
  for (let part = 0; part < 30; part++) log.append(MANY);
  const { count, leftOut } = log.getState();
  expect(count + leftOut).toBe(60_000);
  expect(count).toBeGreaterThanOrEqual(MAX_LINES);
  expect(count).toBeLessThan(MAX_LINES * 1.2);
});

test('a state says what was there when it was read', () => {
  const log = new LogBuffer();
  log.append(logOf(3));
  const before = log.getState();
  log.append(logOf(2));
  expect(before.count).toBe(3);
  expect(log.getState()).not.toBe(before);
  expect(log.getState().count).toBe(5);
});

test('finds hits among the lines of a level, and looks at a line once', () => {
  const log = new LogBuffer();
  log.append(logOf(400));
  const search = new LogSearch({ level: 'warning', text: 'NO POLE' });
  search.read(log.getState());
  expect(search.count).toBe(38);
  expect(search.hits).toHaveLength(21);
  const counted = new LogSearch({ level: 'warning', text: 'no pole' });
  log.append([{ level: 'warning', message: 'No pole at the end', at: '' }]);
  counted.read(log.getState());
  search.read(log.getState());
  expect(search.hits).toEqual(counted.hits);
  expect(search.lineAt(search.rowOf(400))).toBe(400);
});

test('a search looks at each of 50,000 lines once, however often lines come', () => {
  let looks = 0;
  const log = new LogBuffer();
  for (let part = 0; part < 25; part++) log.append(MANY);
  const { lines, count, leftOut } = log.getState();
  const counted = lines.map((line) => ({
    ...line,
    get message() {
      looks += 1;
      return line.message;
    },
  }));
  const search = new LogSearch({ level: 'info', text: 'looked up' });
  for (const read of [count - 20, count - 10, count, count])
    search.read({ lines: counted, count: read, leftOut });
  expect(search.hits.length).toBeGreaterThan(40_000);
  expect(looks).toBe(50_000);
});

test('starts again where the log does', () => {
  const log = new LogBuffer();
  log.append(logOf(20));
  const search = new LogSearch({ level: 'info', text: '' });
  search.read(log.getState());
  log.clear();
  log.append(logOf(3));
  search.read(log.getState());
  expect(search.count).toBe(3);
});

test.each([
  ['No pole', 'pole', ['No ', 'pole', '']],
  ['POLE and pole', 'pole', ['', 'POLE', ' and ', 'pole', '']],
  ['nothing', 'pole', ['nothing']],
  ['a.c abc', 'a.c', ['', 'a.c', ' abc']],
  ['[Error] (x)', '[error]', ['', '[Error]', ' (x)']],
  ['a\\b', '\\', ['a', '\\', 'b']],
  // This letter is two in lower case: marks would stand beside their text.
  ['İstanbul pole', 'pole', ['İstanbul pole']],
])('%j is cut at %j', (message, text, parts) => {
  expect(cutAtHits(message, text)).toEqual(parts);
});

test.each([
  ['address/1: too far', 'address/1', true],
  ['address/12: too far', 'address/1', false],
  ['(address/1)', 'address/1', true],
  ['14 High Street: no pole', '14 High Street', true],
  ['114 High Street: no pole', '14 High Street', false],
])('%j names %j: %s', (message, id, does) => {
  expect(mentions(message, id)).toBe(does);
});

test('a file has UTC, the level and the whole message', () => {
  expect(logFile(logOf(27).slice(24)).join('')).toBe(
    '2026-11-28T09:31:05.200Z info    Address 24 of 27 looked up\n' +
      '2026-11-28T09:31:05.250Z error   Splitter S-118 answered twice\n      at port 7\n      at port 9\n' +
      '2026-11-28T09:31:05.300Z info    Address 26 of 27 looked up\n',
  );
});

test('a clock has the digits of a log in every language, and nothing for a time that is none', () => {
  expect(logClock('ar', { short: false })('2026-11-28T09:31:05.200Z')).toMatch(/^\d\d:\d\d:05\.200$/);
  expect(logClock('en', { short: true })('2026-11-28T09:31:05.200Z')).toMatch(/^\d\d:\d\d:05$/);
  expect(logClock('en', { short: true })('yesterday')).toBe('');
});
