// Tests the log of a run: what is drawn of very many lines, Follow, search, levels, keys, and where its lines come from.
import { act, configure, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { logOf, serveRuns } from '../../../../harness/run/runs.ts';
import type { SystemClient } from '../../../../src/client/SystemClient.ts';
import type { TaskLogEntry } from '../../../../src/client/taskStore.ts';
import { LogBuffer } from '../../../../src/monitor/run/LogBuffer.ts';
import { LogView, type LogViewProps } from '../../../../src/monitor/run/LogView.tsx';
import { RunFeed } from '../../../../src/monitor/run/RunFeed.ts';
import { RunWordsProvider } from '../../../../src/monitor/run/RunWordsProvider.tsx';

// To find out which of many rows are hidden takes longer than all else here, and none is.
beforeAll(() => configure({ defaultHidden: true }));
afterAll(() => configure({ defaultHidden: false }));

async function show(lines: readonly TaskLogEntry[], props: Partial<LogViewProps> = {}) {
  const log = new LogBuffer();
  log.append(lines);
  render(
    <RunWordsProvider app={{}}>
      <LogView log={log} live={false} fileName="run-12" {...props} />
    </RunWordsProvider>,
  );
  await screen.findByText(/lines?$/);
  return { log, user: userEvent.setup() };
}

/** jsdom lays nothing out: the list is as high as its lines, and the box shows nine of them. */
function layOut(list: HTMLElement, count: number) {
  Object.defineProperties(list, {
    scrollHeight: { configurable: true, value: count * 20 },
    clientHeight: { configurable: true, value: 180 },
  });
}

function scrollTo(list: HTMLElement, scrollTop: number) {
  list.scrollTop = scrollTop;
  fireEvent.scroll(list);
}

const texts = () => screen.getAllByRole('option').map(({ textContent }) => textContent);

test('of 40,000 lines it draws those in view, at any place', async () => {
  await show(logOf(40_000));
  expect(screen.getByText('40,000 lines')).toBeTruthy();
  const list = screen.getByRole('listbox', { name: 'Log' });
  expect(texts().length).toBeLessThan(60);
  layOut(list, 40_000);
  scrollTo(list, 20_000 * 20);
  expect(texts().some((text) => text?.includes('Address 20000 of'))).toBe(true);
  expect(texts().length).toBeLessThan(60);
  expect(screen.getAllByRole('option')[0]?.getAttribute('aria-setsize')).toBe('40000');
});

test('follows the end, stops when the user scrolls back, and offers what is new', async () => {
  const { log, user } = await show(logOf(100), { live: true });
  const list = screen.getByRole('listbox', { name: 'Log' });
  layOut(list, 100);
  scrollTo(list, 1_820);
  expect(screen.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed')).toBe('true');
  scrollTo(list, 400);
  expect(screen.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed')).toBe('false');
  act(() => log.append(logOf(3)));
  layOut(list, 103);
  const offer = await screen.findByRole('button', { name: '3 new lines' });
  expect(list.scrollTop).toBe(400);
  await user.click(offer);
  expect(list.scrollTop).toBe(103 * 20);
  expect(screen.queryByRole('button', { name: /new line/ })).toBeNull();
});

test('the line that the user reads stays in place when older lines are dropped', async () => {
  const many = logOf(2_000);
  const { log } = await show(Array.from({ length: 27 }, () => many).flat(), { live: true });
  const list = screen.getByRole('listbox', { name: 'Log' });
  layOut(list, 54_000);
  scrollTo(list, 50_000 * 20);
  scrollTo(list, 40_000 * 20 + 5);
  act(() => log.append(many));
  await screen.findByText(/older lines are not kept/);
  const { leftOut } = log.getState();
  expect(leftOut).toBeGreaterThan(0);
  expect(list.scrollTop).toBe((40_000 - leftOut) * 20 + 5);
});

test('counts the hits of a search, and goes from one to the next', async () => {
  const { user } = await show(logOf(400));
  const box = screen.getByRole('textbox', { name: 'Search the log' });
  await user.type(box, 'NO POLE');
  await screen.findByText('1 of 21');
  await user.keyboard('{Enter}{Enter}');
  await screen.findByText('3 of 21');
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  await screen.findByText('2 of 21');
  expect(document.querySelector('mark')?.textContent).toBe('No pole');
  await user.keyboard('{Escape}');
  expect(box).toHaveProperty('value', '');
  await user.type(box, 'nowhere');
  await screen.findByText('No hit');
});

test('the keys choose lines, and a line of several is shown in full', async () => {
  const onChoose = vi.fn<(message: string) => void>();
  const { user } = await show(logOf(60), { onChoose });
  const list = screen.getByRole('listbox', { name: 'Log' });
  act(() => list.focus());
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(onChoose).toHaveBeenLastCalledWith('Address 1 of 60 looked up');
  await user.keyboard('{End}');
  expect(onChoose).toHaveBeenLastCalledWith('Address 59 of 60 looked up');
  expect(list.getAttribute('aria-activedescendant')).toBe(
    screen.getByRole('option', { selected: true }).getAttribute('id'),
  );
  await user.keyboard('{Home}{PageDown}{PageDown}');
  await user.click(screen.getByText(/S-118 answered twice ⏎ at port 7/));
  expect(screen.getByText(/answered twice\s+at port 7\s+at port 9/, { selector: 'div' })).toBeTruthy();
  await user.keyboard('/');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Search the log' }));
});

test.each([
  [{ live: true }, 'No line yet.'],
  [{ live: false }, 'The log has no line.'],
  [{ live: false, gone: true }, 'The server has no line of the log of this run.'],
])('without lines and with %j it says "%s"', async (props, sentence) => {
  await show([], props);
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.queryByRole('listbox')).toBeNull();
});

test('escape sequences and markup in a line are text', async () => {
  await show([{ level: 'info', message: '\u001b[31mred\u001b[0m <b>bold</b>', at: '2026-11-28T09:31:04Z' }]);
  expect(texts()[0]).toContain('<b>bold</b>');
});

/** A feed of a run whose log the server has in pages of two. */
function feedOf(lines: TaskLogEntry[], refuse?: unknown) {
  const { client, system } = serveRuns([]);
  system.add({ id: 'run-12' }).run();
  const listLog = vi.fn<NonNullable<SystemClient['listLog']>>(async (_id, { after = '0' } = {}) => {
    if (refuse !== undefined) throw refuse;
    const to = Math.min(Number(after) + 2, lines.length);
    const page = lines.slice(Number(after), to).map((line) => ({ ...line, attempt: 1 }));
    return { lines: page, cursor: String(to), hasMore: to < lines.length };
  });
  const feed = new RunFeed({ system: { ...client, listLog }, taskId: 'run-12' });
  return { feed, system, listLog, close: feed.open() };
}

test('a log is read page by page from before the page was opened, and a line of the stream brings the next ones', async () => {
  const lines = logOf(5);
  const { feed, system, close } = feedOf(lines);
  await expect.poll(() => feed.log.getState().count).toBe(5);
  lines.push(...logOf(2));
  act(() => system.task.log('info', 'the stream says it too'));
  await expect.poll(() => feed.log.getState().count).toBe(7);
  expect(feed.log.getState().lines.map(({ message }) => message)).not.toContain('the stream says it too');
  close();
});

test('where a server has no pages, the lines of the stream are the log', async () => {
  const { feed, system, listLog, close } = feedOf([], { code: 'not-found', message: 'no such address' });
  await expect.poll(() => listLog.mock.calls.length).toBe(1);
  await expect.poll(() => system.openStreams).toBe(1);
  act(() => system.task.log('info', 'from the stream'));
  await expect.poll(() => feed.log.getState().lines[0]?.message).toBe('from the stream');
  close();
  expect(system.openStreams).toBe(0);
});
