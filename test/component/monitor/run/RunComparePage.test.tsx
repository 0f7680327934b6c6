// Tests the page that compares two runs: what it says, what it draws, and what it admits not to know.
import { configure, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RunComparePage, type RunComparePageProps } from 'lrt-plugin/monitor';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { endedRun, serveRuns } from '../../../../harness/run/runs.ts';
import type { GeoFeature } from '../../../../src/contract/index.ts';
import type { HostMap, TaskOverlay } from '../../../../src/host/contract.ts';

// To find out which of many rows are hidden takes longer than all else here, and none is.
beforeAll(() => configure({ defaultHidden: true }));
afterAll(() => configure({ defaultHidden: false }));

const pole = (id: number, x: number): GeoFeature => ({
  type: 'Feature',
  id: `pole/${id}`,
  geometry: { type: 'Point', coordinates: [x, 48.8] },
  properties: { table: 'pole', name: `P-${id}` },
});

const A = endedRun();
const B = endedRun({
  id: 'run-9',
  params: { ...A.params, selection: 'random' },
  items: { ok: 9, failed: 0, failures: [] },
});

function open(props: Partial<RunComparePageProps> = {}) {
  const { client } = serveRuns([A, B]);
  const compare = vi.fn<NonNullable<TaskOverlay['compare']>>();
  const host: HostMap = {
    getBounds: () => [0, 0, 1, 1],
    fitBounds: vi.fn<HostMap['fitBounds']>(),
    zoomTo: () => {},
    taskOverlay: { add() {}, settle() {}, remove() {}, compare },
  };
  const onOpen = vi.fn<NonNullable<RunComparePageProps['onOpen']>>();
  const page = render(
    <RunComparePage
      app={{}}
      system={client}
      taskId="run-12"
      withId="run-9"
      map={{ host, view: null }}
      onOpen={onOpen}
      {...props}
    />,
  );
  return { compare, host, onOpen, page, user: userEvent.setup() };
}

const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

test('shows what differs in the table and on the map, and takes it off again', async () => {
  const { compare, host, user, page, onOpen } = open({
    loadFeatures: async ({ id }) => ({
      features:
        id === 'run-12' ? [pole(1, 10.1), pole(2, 10.2)] : [pole(7, 10.1), pole(8, 10.3), pole(9, 10.4)],
      isComplete: true,
    }),
  });
  await screen.findByText('Only in A');
  expect(within(screen.getByText('Only in B').parentElement ?? page.container).getByText('2')).toBeTruthy();
  const [comparison] = compare.mock.calls.at(-1) ?? [];
  expect([comparison?.onlyA.length, comparison?.onlyB.length, comparison?.both.length]).toEqual([1, 2, 1]);
  expect(rows()).toContainEqual(['Selection', 'nearest', 'random', 'differs']);
  expect(rows()).toContainEqual(['Failed', '37', '0', '−37']);
  expect(rows()).toContainEqual(['Poles', '31', '31', '']);
  await user.click(screen.getByRole('checkbox', { name: 'Only differences' }));
  expect(rows().map(([label]) => label)).toEqual(['Selection', 'Succeeded', 'Failed']);
  await user.click(screen.getByRole('button', { name: 'Zoom to differences' }));
  expect(
    vi
      .mocked(host.fitBounds)
      .mock.calls.at(-1)?.[0]
      .map((side) => side.toFixed(4)),
  ).toEqual(['10.1995', '48.7995', '10.4005', '48.8005']);
  await user.click(screen.getByRole('tab', { name: /^Items/ }));
  expect(screen.getByText('P-2')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'End comparison' }));
  expect(onOpen).toHaveBeenCalledWith({ run: 'run-12' });
  page.unmount();
  expect(compare).toHaveBeenLastCalledWith(null);
});

test.each([
  [
    'nobody knows it',
    () => Promise.resolve(undefined),
    /^The server no longer knows what each of these runs built/,
  ],
  [
    'it cannot be read',
    () => Promise.reject(new Error('gone')),
    /^The server no longer knows what each of these runs built/,
  ],
  [
    'a part is known',
    () => Promise.resolve({ features: [], isComplete: false }),
    /^The server keeps only a part/,
  ],
] as const)('says so where %s, and compares the rest', async (_what, loadFeatures, sentence) => {
  open({ loadFeatures });
  expect(await screen.findByText(sentence)).toBeTruthy();
  expect(rows()).toContainEqual(['Selection', 'nearest', 'random', 'differs']);
});

test('B is chosen among the ended runs of the same task', async () => {
  const { user, onOpen } = open({ withId: '' });
  await user.click(await screen.findByRole('combobox', { name: 'B' }));
  const options = await screen.findAllByTitle(/FTTH-South/);
  expect(options).toHaveLength(1);
  await user.click(options[0] ?? document.body);
  expect(onOpen).toHaveBeenCalledWith({ run: 'run-12', with: 'run-9' });
});

test('a run that the user may not see is compared with nothing', async () => {
  open({ withId: 'run-77' });
  expect((await screen.findByRole('alert')).textContent).toMatch(/^There is no such run/);
  expect(screen.queryByRole('table')).toBeNull();
});
