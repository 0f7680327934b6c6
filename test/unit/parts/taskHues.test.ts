import { expect, onTestFinished, test, vi } from 'vitest';
import { createTaskHues, type TaskHues, type TaskHuesOptions } from '../../../src/parts/taskHues.ts';

const running = (...ids: string[]) => ids.map((id) => ({ id, status: 'running' as const }));
const succeeded = (...ids: string[]) => ids.map((id) => ({ id, status: 'succeeded' as const }));

/** The storage of one browser, which publishes what one tab stores to all others. */
class FakeBrowser {
  readonly #items = new Map<string, string>();
  readonly #pages = new Set<EventTarget>();
  #lock: Promise<unknown> = Promise.resolve();

  readonly locks = {
    request: (_name: string, callback: unknown) => {
      const held = this.#lock.then(() => (typeof callback === 'function' ? callback(null) : undefined));
      this.#lock = held.catch(() => undefined);
      return held;
    },
  };

  /** The options of a tab. `refuse`: the tab may read and store nothing. */
  tab({ locks = true, refuse = '' } = {}): TaskHuesOptions & { page: EventTarget } {
    const page = new EventTarget();
    this.#pages.add(page);
    const attempt = <Value>(how: string, run: () => Value): Value => {
      if (refuse.includes(how)) throw new DOMException('refused', 'SecurityError');
      return run();
    };
    return {
      page,
      ...(locks && { locks: this.locks }),
      storage: {
        getItem: (key) => attempt('get', () => this.#items.get(key) ?? null),
        setItem: (key, value) => attempt('set', () => this.set(key, value, page)),
      },
    };
  }

  set(key: string, value: string, from?: EventTarget): void {
    this.#items.set(key, value);
    for (const page of this.#pages) {
      if (page === from) continue;
      queueMicrotask(() => page.dispatchEvent(Object.assign(new Event('storage'), { key })));
    }
  }

  get(key: string): string | undefined {
    return this.#items.get(key);
  }
}

function open(options: TaskHuesOptions): TaskHues {
  const hues = createTaskHues(options);
  onTestFinished(() => hues.dispose());
  return hues;
}

const all = (hues: TaskHues) => Object.fromEntries(hues.getState());

test('each running task gets the lowest free hue, and keeps it until it ends', async () => {
  const hues = open(new FakeBrowser().tab());
  const heard = vi.fn();
  hues.subscribe(heard);
  hues.update([...running('a', 'b'), { id: 'q', status: 'queued' }]);
  await vi.waitFor(() => expect(all(hues)).toEqual({ a: 0, b: 1 }));
  expect(heard).toHaveBeenCalledOnce();
  const before = hues.getState();
  hues.update(running('b', 'a'));
  expect(hues.getState()).toBe(before);
  hues.update([...succeeded('a'), ...running('c', 'd')]);
  await vi.waitFor(() => expect(all(hues)).toEqual({ b: 1, c: 0, d: 2 }));
  expect(hues.hueOf('a')).toBeUndefined();
  hues.end('c');
  await vi.waitFor(() => expect(all(hues)).toEqual({ b: 1, d: 2 }));
});

test('a task that waits for its next attempt keeps its hue', async () => {
  const hues = open(new FakeBrowser().tab());
  hues.update(running('a', 'b'));
  await vi.waitFor(() => expect(hues.hueOf('b')).toBe(1));
  hues.update([{ id: 'a', status: 'queued' }, ...running('c')]);
  await vi.waitFor(() => expect(all(hues)).toEqual({ a: 0, b: 1, c: 2 }));
});

test.each([{ locks: true }, { locks: false }])('all tabs show the same hues (%o)', async (options) => {
  const browser = new FakeBrowser();
  const tabs = Array.from({ length: 5 }, () => open(browser.tab(options)));
  // Each tab hears of the tasks in an order of its own, at the same instant.
  tabs.forEach((tab, i) => {
    tab.update(running(...'abcdefgh'.slice(i), ...'abcdefgh'.slice(0, i)));
  });
  await vi.waitFor(() => {
    const [first] = tabs;
    expect(Object.values(first ? all(first) : {}).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const tab of tabs) expect(first && all(tab)).toEqual(first && all(first));
  });
  const late = open(browser.tab(options));
  expect(all(late)).toEqual(tabs[0] && all(tabs[0]));
  tabs[2]?.update(succeeded('a'));
  if (!options.locks) for (const tab of tabs) tab.update(succeeded('a'));
  await vi.waitFor(() => {
    for (const tab of [...tabs, late]) expect(tab.hueOf('a')).toBeUndefined();
  });
});

test('two instances of one page agree at once, also where nothing can be stored', async () => {
  const browser = new FakeBrowser();
  for (const refuse of ['', 'set', 'get set']) {
    const options = browser.tab({ refuse, locks: false });
    const [map, list] = [open(options), open(options)];
    map.update(running('a'));
    list.update(running('b', 'a'));
    expect(all(map)).toEqual({ a: 0, b: 1 });
    expect(all(list)).toEqual(all(map));
    map.update(succeeded('a', 'b'));
    list.update(succeeded('a', 'b'));
    expect(all(list)).toEqual({});
  }
});

test('without a storage, a lock and a page, as in Node', () => {
  const hues = open({});
  hues.update(running('x', 'y'));
  expect(all(hues)).toEqual({ x: 0, y: 1 });
  hues.update(succeeded('x', 'y'));
  expect(all(hues)).toEqual({});
});

test('a browser that refuses locks', async () => {
  const request = vi.fn(() => Promise.reject(new DOMException('refused', 'SecurityError')));
  const hues = open({ ...new FakeBrowser().tab(), locks: { request } });
  hues.update(running('a'));
  await vi.waitFor(() => expect(all(hues)).toEqual({ a: 0 }));
});

test('what someone else wrote into the storage does no harm', async () => {
  const browser = new FakeBrowser();
  const far = { hue: 1e9, seenAt: Date.now() };
  for (const text of ['', 'null', '[1]', '{"a":', '{"a":{"hue":-1}}', JSON.stringify({ a: far, z: 7 })]) {
    browser.set('lrt-task-hues', text);
    const hues = open(browser.tab());
    hues.update(running('a'));
    await vi.waitFor(() => expect(all(hues)).toEqual({ a: 0 }));
    hues.dispose();
  }
});

test('the hue of a task that no tab has seen for an hour is free', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const browser = new FakeBrowser();
  const closed = open(browser.tab());
  closed.update(running('a', 'b'));
  await vi.waitFor(() => expect(closed.hueOf('b')).toBe(1));
  closed.dispose();
  vi.setSystemTime(Date.now() + 59 * 60_000);
  const hues = open(browser.tab());
  const seenAt = Date.now();
  hues.update(running('b'));
  await vi.waitFor(() =>
    expect(JSON.parse(browser.get('lrt-task-hues') ?? '')).toMatchObject({
      b: { seenAt: expect.toSatisfy((at) => at >= seenAt) },
    }),
  );
  vi.setSystemTime(Date.now() + 2 * 60_000);
  hues.update(running('c'));
  await vi.waitFor(() => expect(all(hues)).toEqual({ b: 1, c: 0 }));
});

test('10,000 tasks: the storage is bounded, and 500 of them have a hue', async () => {
  const browser = new FakeBrowser();
  const hues = open(browser.tab());
  hues.update(running(...Array.from({ length: 10_000 }, (_, i) => `t${i}`)));
  await vi.waitFor(() => expect(hues.getState().size).toBe(500));
  expect(browser.get('lrt-task-hues')?.length).toBeLessThan(50_000);
});

test('disposed, it hears and stores nothing', async () => {
  const browser = new FakeBrowser();
  const options = browser.tab();
  const hues = createTaskHues(options);
  const heard = vi.fn();
  hues.subscribe(heard);
  hues.update(running('a'));
  hues.dispose();
  await Promise.resolve();
  hues.update(running('b'));
  options.page.dispatchEvent(new Event('storage'));
  expect(heard).not.toHaveBeenCalled();
  expect(browser.get('lrt-task-hues')).toBeUndefined();
});
