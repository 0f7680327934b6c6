// Tests that the page's title says how far tasks are, and that the host's own title is never lost.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PageTitle } from '../../../src/notices/PageTitle.ts';
import { claimPage } from '../../../src/parts/claimPage.ts';

let title: PageTitle;
beforeEach(() => {
  document.title = 'Network planner';
  title = new PageTitle();
});
afterEach(() => title.dispose());

describe('the page’s title', () => {
  test.each([
    [{ text: '48%' }, '48% · Network planner'],
    [{ text: '3 tasks' }, '3 tasks · Network planner'],
    [{ mark: '✓' }, '✓ Network planner'],
    [{ mark: '!', text: '2 tasks' }, '! 2 tasks · Network planner'],
    [{}, 'Network planner'],
  ] as const)('says %o as %o', (lead, expected) => {
    title.show(lead);
    expect(document.title).toBe(expected);
    title.dispose();
    expect(document.title).toBe('Network planner');
  });

  test('a title that the host sets meanwhile is taken over, and comes back', async () => {
    title.show({ text: '48%' });
    document.title = 'FTTH-North';
    await vi.waitFor(() => expect(document.title).toBe('48% · FTTH-North'));
    title.show({ text: '49%' });
    expect(document.title).toBe('49% · FTTH-North');
    title.show({});
    expect(document.title).toBe('FTTH-North');
    document.title = 'Settings';
    title.show({ text: '1%' });
    expect(document.title).toBe('1% · Settings');
  });

  test('a host that adds to the title it reads does not make it grow', async () => {
    title.show({ text: '48%' });
    document.title = `(2) ${document.title}`;
    await vi.waitFor(() => expect(document.title).toBe('48% · (2) Network planner'));
    title.show({});
    expect(document.title).toBe('(2) Network planner');
  });

  test('a host that replaces the title element, or has none, is served', async () => {
    title.show({ text: '48%' });
    document.querySelector('title')?.remove();
    document.head.append(Object.assign(document.createElement('title'), { textContent: 'New page' }));
    await vi.waitFor(() => expect(document.title).toBe('48% · New page'));
    title.show({});
    document.querySelector('title')?.remove();
    title.show({ text: '50%' });
    expect(document.title).toBe('50%');
  });

  test('a script that insists on its own title has it', async () => {
    const insisting = new MutationObserver(() => {
      if (document.title !== 'Mine') document.title = 'Mine';
    });
    insisting.observe(document.head, { childList: true, subtree: true, characterData: true });
    document.title = 'Mine';
    for (let percent = 0; percent < 20; percent++) {
      title.show({ text: `${percent}%` });
      await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
      await Promise.resolve();
    }
    await vi.waitFor(() => expect(document.title).toBe('Mine'));
    insisting.disconnect();
    title.show({ text: '99%' });
    expect(document.title).toBe('Mine');
  });
});

test('one copy at a time has the title, and the next one goes on when it is removed', () => {
  const log: string[] = [];
  const claim = (name: string) =>
    claimPage('title', () => {
      log.push(`${name} takes`);
      return () => log.push(`${name} gives up`);
    });
  const [first, second, third] = [claim('first'), claim('second'), claim('third')];
  second();
  first();
  first();
  expect(log).toEqual(['first takes', 'first gives up', 'third takes']);
  third();
});
