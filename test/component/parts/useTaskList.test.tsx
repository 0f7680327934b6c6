// Tests the list of a user's tasks: when it asks the server, and what it shows when the server fails.
import { act, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode, useState } from 'react';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { SystemClient } from '../../../src/client/SystemClient.ts';
import type { TaskPage, TaskSnapshot } from '../../../src/contract/index.ts';
import { useTaskList } from '../../../src/parts/index.ts';

/** A client whose listTasks answers as the test says, one call after the other. */
function scripted() {
  const calls: { resolve(page: unknown): void; reject(error: unknown): void }[] = [];
  const client: SystemClient = {
    ...createFakeSystem({ minimal: true }).client,
    listTasks: () =>
      new Promise<TaskPage>((resolve, reject) => {
        calls.push({ resolve: resolve as (page: unknown) => void, reject });
      }),
  };
  return { client, calls };
}

const task = (id: string, status: TaskSnapshot['status']): TaskSnapshot => ({
  ...createFakeSystem().add({ id, status }).snapshot,
});
const running = { tasks: [task('a', 'running')] };
const done = { tasks: [task('a', 'succeeded')] };

function List({ system }: { system: SystemClient | undefined }) {
  const { tasks, status, error, refresh } = useTaskList(system, { limit: 5 });
  return (
    <button type="button" onClick={refresh}>
      {[status, error?.message, ...tasks.map(({ id, status }) => `${id} ${status}`)]
        .filter(Boolean)
        .join(', ')}
    </button>
  );
}

const shown = () => screen.getByRole('button').textContent;

/** The page as a user sees it, or has it in another tab. */
function setHidden(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  };
});

/** Strictly rendered, a list asks twice; the first answer is one that nobody waits for. */
async function opened() {
  const { client, calls } = scripted();
  const { unmount } = render(<List system={client} />, { wrapper: StrictMode });
  await expect.poll(() => calls.length).toBe(2);
  return { calls, unmount };
}

describe('useTaskList', () => {
  test('asks again every few seconds while a task is active, and no more once none is', async () => {
    const { calls } = await opened();
    await expect.poll(shown).toContain('loading');
    calls[1]?.resolve(running);
    await expect.poll(shown).toContain('ready, a running');
    await act(() => vi.advanceTimersByTimeAsync(3000));
    expect(calls).toHaveLength(3);
    calls[2]?.resolve(done);
    await expect.poll(shown).toContain('ready, a succeeded');
    await act(() => vi.advanceTimersByTimeAsync(600_000));
    expect(calls).toHaveLength(3);
  });

  test('keeps what it knew while the server fails, and goes on when it answers', async () => {
    const { calls } = await opened();
    calls[1]?.resolve(running);
    await expect.poll(shown).toContain('ready, a running');
    await act(() => vi.advanceTimersByTimeAsync(3000));
    calls[2]?.reject({ code: 'unavailable', message: 'down' });
    await expect.poll(shown).toContain('failed, down, a running');
    await act(() => vi.advanceTimersByTimeAsync(6000));
    calls[3]?.resolve(done);
    await expect.poll(shown).toContain('ready, a succeeded');
  });

  test('asks nothing while the page is hidden, and at once when it is shown again', async () => {
    const { calls } = await opened();
    calls[1]?.resolve(running);
    await expect.poll(shown).toContain('ready, a running');
    setHidden(true);
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(calls).toHaveLength(2);
    setHidden(false);
    expect(calls).toHaveLength(3);
  });

  test('refresh asks now, and the answer under way no longer counts', async () => {
    const { calls } = await opened();
    fireEvent.click(screen.getByRole('button'));
    await expect.poll(() => calls.length).toBe(3);
    calls[2]?.resolve(done);
    await expect.poll(shown).toContain('ready, a succeeded');
    calls[1]?.resolve(running);
    calls[0]?.reject(new Error('late'));
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    await expect.poll(shown).toContain('ready, a succeeded');
    expect(calls).toHaveLength(3);
  });

  test('another task server begins anew', async () => {
    const first = scripted();
    const second = scripted();
    function Switch() {
      const [system, setSystem] = useState(first.client);
      return (
        <>
          <List system={system} />
          <input type="checkbox" onChange={() => setSystem(second.client)} />
        </>
      );
    }
    render(<Switch />, { wrapper: StrictMode });
    await expect.poll(() => first.calls.length).toBe(2);
    first.calls[1]?.resolve(running);
    await expect.poll(shown).toContain('ready, a running');
    fireEvent.click(screen.getByRole('checkbox'));
    await expect.poll(shown).toContain('loading');
    second.calls.at(-1)?.resolve({ tasks: [] });
    await expect.poll(shown).toContain('ready');
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(first.calls).toHaveLength(2);
  });

  test('leaves no timer and no listener behind', async () => {
    const added = vi.spyOn(document, 'addEventListener');
    const removed = vi.spyOn(document, 'removeEventListener');
    const { calls, unmount } = await opened();
    calls[1]?.resolve(running);
    await expect.poll(shown).toContain('ready, a running');
    unmount();
    await act(() => vi.advanceTimersByTimeAsync(600_000));
    expect(calls).toHaveLength(2);
    const ofVisibility = (spy: typeof added | typeof removed) =>
      spy.mock.calls.filter(([type]) => type === 'visibilitychange').length;
    expect(ofVisibility(added)).toBe(2);
    expect(ofVisibility(removed)).toBe(2);
  });

  test.each([
    ['no task server', undefined],
    ['one that cannot list', createFakeSystem({ minimal: true }).client],
  ])('is unavailable where the host has %s', async (_, system) => {
    render(<List system={system} />, { wrapper: StrictMode });
    await expect.poll(shown).toContain('unavailable');
  });

  test.each([undefined, {}, { tasks: 'none' }])('says so where the host answers %o', async (answer) => {
    const { calls } = await opened();
    calls[1]?.resolve(answer);
    await expect.poll(shown).toContain("failed, The host's listTasks resolved without a list of tasks");
  });

  test('a listTasks that throws at once is a failure like any other', async () => {
    const client: SystemClient = {
      ...createFakeSystem({ minimal: true }).client,
      listTasks() {
        throw new Error('not today');
      },
    };
    onTestFinished(() => void vi.restoreAllMocks());
    render(<List system={client} />, { wrapper: StrictMode });
    await expect.poll(shown).toContain('failed, not today');
  });
});
