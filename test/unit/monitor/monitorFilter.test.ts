// Tests the filter of the monitor in an address, and which tasks it selects.
import { describe, expect, test } from 'vitest';
import { filterFromSearch, filterToSearch, type MonitorFilter } from '../../../src/monitor/index.ts';
import { fits, serverFilter } from '../../../src/monitor/monitorFilter.ts';
import { readTask } from '../../../src/parts/readTask.ts';

const ALL: MonitorFilter = {
  view: 'finished',
  q: 'cherry & <b>',
  design: 'FTTH-North',
  name: 'plan_area_task',
  tag: 'nightly',
  mine: true,
  inView: true,
  states: ['failed', 'cancelled'],
  since: 'day',
};

describe('in an address', () => {
  test('a filter comes back as it was, beside what else is there', () => {
    const search = filterToSearch(ALL, new URLSearchParams('lang=de&q=old'));
    expect(search.get('lang')).toBe('de');
    expect(filterFromSearch(new URLSearchParams(String(search)))).toEqual(ALL);
    expect(String(filterToSearch(undefined, search))).toBe('lang=de');
  });

  test('a place comes back as well, and goes before what the map shows', () => {
    const filter: MonitorFilter = { view: 'finished', inView: true, bbox: [8.5, 47.25, 8.75, 47.5] };
    const search = filterToSearch(filter);
    expect(search.get('bbox')).toBe('8.5,47.25,8.75,47.5');
    expect(filterFromSearch(search)).toEqual(filter);
    expect(serverFilter(filter, [0, 0, 90, 90])).toEqual({ bbox: filter.bbox });
    expect(filterFromSearch(new URLSearchParams('tasks=active&bbox=8,48,9,47'))).toEqual({ view: 'active' });
  });

  test('there is none where nothing opens the monitor', () => {
    expect(filterFromSearch(new URLSearchParams('q=cherry'))).toBeUndefined();
  });

  test('values that the monitor does not know are left out, and long ones are cut', () => {
    const search = new URLSearchParams({
      tasks: 'x',
      state: 'odd,failed',
      since: 'ever',
      mine: 'yes',
      bbox: '8,47,9',
      q: 'a'.repeat(999),
    });
    expect(filterFromSearch(search)).toEqual({ view: 'active', states: ['failed'], q: 'a'.repeat(200) });
  });
});

test('the server selects what it can, and the page the rest', () => {
  expect(serverFilter(ALL, [1, 2, 3, 4])).toEqual({
    name: 'plan_area_task',
    tag: 'nightly',
    design: 'design/FTTH-North',
    owner: 'me',
    bbox: [1, 2, 3, 4],
  });
  const now = Date.parse('2026-05-02T08:00:00Z');
  const task = readTask({
    id: 'a',
    name: 'label_poles_task',
    status: 'succeeded',
    items: { ok: 1, failed: 2 },
    createdAt: '2026-05-01T09:00:00Z',
    params: { design: 'design/FTTH-North' },
  });
  if (!task) throw new Error('The task could not be read');
  const found = (filter: MonitorFilter) => fits(task, filter, 'Masten beschriften', now);
  expect(found({ q: 'NORTH masten' })).toBe(true);
  expect(found({ q: 'cherry' })).toBe(false);
  expect(found({ states: ['partly-succeeded'] })).toBe(true);
  expect(found({ states: ['succeeded'] })).toBe(false);
  expect(found({ since: 'hour' })).toBe(false);
  expect(found({ since: 'day' })).toBe(true);
});
