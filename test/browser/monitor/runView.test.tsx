// Tests the run view of a workflow in a real page: live growth, the keyboard, a reload, links on the map, cancel and run again.
import { ConfigProvider } from 'antd';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  GRAPH,
  MIDDLE,
  RUN_ID,
  serveWorkflow,
  type WorkflowServer,
} from '../../../harness/workflow/planAndConnect.ts';
import type { GeoFeature } from '../../../src/contract/index.ts';
import type { HostMap, TaskOverlay } from '../../../src/host/contract.ts';
import { themes } from '../../../src/host/index.ts';
import { WorkflowView, type WorkflowViewProps } from '../../../src/monitor/index.ts';
import { render } from '../parts/render.tsx';

interface Options extends WorkflowServer, Partial<Pick<WorkflowViewProps, 'language' | 'docked' | 'onOpen'>> {
  width?: number;
}

function open(
  { width = 1280, language = 'en', docked = false, onOpen, ...server }: Options = {},
  served = serveWorkflow(server),
) {
  const choose = vi.fn<NonNullable<TaskOverlay['choose']>>();
  const container = document.createElement('div');
  const map: HostMap = {
    container: () => container,
    getBounds: () => [0, 0, 1, 1],
    fitBounds() {},
    zoomTo() {},
    taskOverlay: { add() {}, settle() {}, remove() {}, choose },
  };
  document.body.append(container);
  const view = { system: served.client, map, language, docked, onOpen, app: {}, taskId: RUN_ID };
  const unmount = render(
    <ConfigProvider theme={themes.light} direction={language === 'ar' ? 'rtl' : 'ltr'}>
      <div dir={language === 'ar' ? 'rtl' : 'ltr'} style={{ display: 'flex', width, height: 480 }}>
        <WorkflowView {...view} />
      </div>
    </ConfigProvider>,
  );
  return { ...served, choose, unmount };
}

const node = (name: string | RegExp) => page.getByRole('treeitem', { name });
const focused = () =>
  document.activeElement?.getAttribute('aria-label') ??
  document.activeElement?.querySelector('span')?.textContent ??
  document.activeElement?.textContent;
const button = (name: string | RegExp) => page.getByRole('button', { name });
const drop = (id: number): GeoFeature => ({
  type: 'Feature',
  id: `drop/${id}`,
  geometry: { type: 'Point', coordinates: [10, 48] },
  properties: { table: 'drop' },
});

beforeEach(() => page.viewport(1280, 800));
afterEach(() => {
  for (const place of document.querySelectorAll('body > div')) place.remove();
});

test('grows as the run goes on: counts on links, states of tasks, and what has become of the whole', async () => {
  const { node: task, start } = open();
  await expect.element(node('Connect, running, 64%, 958 of 1,500, after Plan an area')).toBeVisible();
  await expect.element(page.getByText('1 task failed, 1 still runs')).toBeVisible();
  task('connect').progress({ percent: 80, done: 1_200, total: 1_500 });
  await expect.element(node(/^Connect, running, 80%, 1,200 of 1,500/)).toBeVisible();
  task('connect').succeed({ drops: [] });
  await expect.element(node(/^Connect, done/)).toBeVisible();
  start('export').run({ percent: 10, done: 1, total: 10 });
  await expect.element(node(/^Export, running, 10%/)).toBeVisible();
  await expect.element(page.getByText(/^6 of 9 done/)).toBeVisible();
  await expect.element(node(/^Report, Skipped: Bill of materials failed/)).toBeVisible();
});

test('is walked by keys: links, ranks, details, and the link that leads on', async () => {
  const { choose } = open();
  await expect.element(node(/^Choose area, done/)).toBeVisible();
  node(/^Choose area/)
    .element()
    .focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(focused).toMatch(/^Check addresses, done, after Choose area/);
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(focused).toMatch(/^Check poles/);
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await expect.poll(focused).toMatch(/^Connect, running/);
  await userEvent.keyboard('{ArrowLeft}l');
  await expect.element(page.getByRole('region', { name: 'Plan an area to Connect' })).toBeVisible();
  await expect.poll(() => choose.mock.lastCall?.[0]?.length).toBe(1_500);
  await userEvent.keyboard('l');
  await expect.element(page.getByRole('region', { name: 'Plan an area to Bill of materials' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => choose.mock.lastCall?.[0]).toBeNull();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('complementary', { name: 'Details of Plan an area' })).toBeVisible();
  await expect.poll(focused).toBe('Plan an area');
});

test('a click on a link marks its features on the map, and they grow while the task runs; a node does not end it', async () => {
  const { node: task, choose, unmount } = open();
  await expect.element(page.getByText('1,500', { exact: true })).toBeVisible();
  const pills = () => [...document.querySelectorAll<HTMLElement>('span[data-link]')];
  await expect.poll(() => pills().filter(({ textContent }) => textContent === '958').length).toBe(2);
  pills()
    .find(({ textContent }) => textContent === '958')
    ?.click();
  const card = page.getByRole('region', { name: 'Connect to Export' });
  await expect.element(card).toBeVisible();
  await expect.poll(() => task('connect').followers).toBeGreaterThan(0);
  task('connect').features([drop(1), drop(2)]);
  await expect.element(card.getByText('2 features')).toBeVisible();
  task('connect').features([drop(3)]);
  await expect.poll(() => choose.mock.lastCall?.[0]?.length).toBe(3);
  await node(/^Bill of materials/).click();
  await expect.element(card).toBeVisible();
  unmount();
  expect(choose.mock.lastCall?.[0]).toBeNull();
});

test('shows the same after a reload in the middle', async () => {
  const first = open();
  await expect.element(node(/^Connect, running, 64%/)).toBeVisible();
  const names = () =>
    [...document.querySelectorAll('[role=treeitem]')].map((each) => each.firstElementChild?.textContent);
  const pills = () =>
    [...document.querySelectorAll('span[data-link]')].map(({ textContent }) => textContent).sort();
  await expect.poll(() => pills().length).toBe(9);
  const [before, counts] = [names(), pills()];
  first.unmount();
  expect(first.system.openStreams).toBe(0);
  const { unmount: _unmount, choose: _choose, ...served } = first;
  open({}, served);
  await expect.poll(names).toEqual(before);
  await expect.poll(pills).toEqual(counts);
});

test('goes on by asking where the client cannot watch', async () => {
  const { node: task } = open({ watches: false });
  await expect.element(node(/^Connect, running, 64%/)).toBeVisible();
  task('connect').progress({ percent: 90, done: 1_350 });
  await expect.element(node(/^Connect, running, 90%/)).toBeVisible();
});

test('cancels the run once, and says that it was asked', async () => {
  const { system } = open();
  const cancel = await button('Cancel task').findElement();
  for (let click = 0; click < 4; click += 1) cancel.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.element(button('Cancelling…')).toBeVisible();
  expect(system.calls.filter(({ method }) => method === 'cancelTask')).toEqual([
    { method: 'cancelTask', args: [RUN_ID] },
  ]);
});

test('runs tasks of an ended run again, from one on or those that are selected', async () => {
  const onOpen = vi.fn<(address: { run: string }) => void>();
  const { system } = open({
    onOpen,
    also: { status: 'failed', error: { code: 'node-failed', message: 'x', details: { node: 'bill' } } },
  });
  await node(/^Bill of materials, failed/).click();
  const again = await button('Run again from here').findElement();
  for (let click = 0; click < 4; click += 1) again.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.poll(() => onOpen.mock.calls.length).toBe(1);
  node(/^Bill of materials/)
    .element()
    .focus();
  await userEvent.keyboard('{ArrowRight} ');
  await button('Run 2 selected').click();
  await expect.poll(() => onOpen.mock.calls.length).toBe(2);
  expect(system.calls.flatMap(({ method, args }) => (method === 'retryTask' ? [args[1]] : []))).toEqual([
    { nodes: { from: ['bill'] } },
    { nodes: { only: ['bill', 'report'] } },
  ]);
});

test('of a run that goes on no task can be run again', async () => {
  const { system } = open();
  await node(/^Bill of materials, failed/).click();
  const again = button('Run again from here');
  await expect.element(again).toHaveAttribute('aria-disabled', 'true');
  await again.click({ force: true });
  expect(system.calls.filter(({ method }) => method === 'retryTask')).toEqual([]);
});

test('is a list in a narrow page, with the details over it and the way back', async () => {
  open({ width: 320 });
  await expect.element(page.getByText('Waiting for Connect')).toBeVisible();
  await expect.element(page.getByText('Bill of materials 3,046')).toBeVisible();
  expect(document.querySelector('[role=tree]')).toBeNull();
  await button(/^Bill of materials, failed/).click();
  await expect.poll(focused).toBe('Bill of materials');
  await userEvent.keyboard('{Escape}');
  await expect.poll(focused).toMatch(/^Bill of materials, failed/);
  expect(document.querySelector('section')?.scrollWidth).toBe(320);
});

test('is mirrored from right to left, and so are its keys', async () => {
  open({ language: 'ar' });
  const left = (key: string) =>
    document.querySelector(`[data-node=${key}]`)?.getBoundingClientRect().left ?? 0;
  await expect.poll(() => left('area')).toBeGreaterThan(left('plan') + 100);
  document.querySelector<HTMLElement>('[data-node=area]')?.focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.poll(() => document.activeElement?.getAttribute('data-node')).toBe('addresses');
});

test('the timeline folds what is idle, and the selection is the same in all views', async () => {
  open();
  await node(/^Bill of materials/).click();
  await page.getByText('Timeline').click();
  await expect.element(button(/^Bill of materials, failed/)).toHaveAttribute('aria-pressed', 'true');
  await button(/folded/).click();
  expect(document.body.textContent).not.toMatch(/folded/);
  await page.getByText('Table', { exact: true }).click();
  await expect.element(page.getByRole('row', { name: /^Plan an area/ })).toBeVisible();
  await expect.element(button(/^Bill of materials, failed/)).toHaveAttribute('aria-pressed', 'true');
});

test('zooms, pans and fits, and keeps what the user made of it while the run goes on', async () => {
  const { node: task } = open();
  await expect.element(node(/^Connect/)).toBeVisible();
  const widthOf = () => document.querySelector('[data-node=area]')?.getBoundingClientRect().width ?? 0;
  const before = widthOf();
  await button('Zoom in').click();
  await expect.poll(widthOf).toBeGreaterThan(before * 1.2);
  const zoomed = widthOf();
  task('connect').progress({ percent: 91, done: 1_365, total: 1_500 });
  await expect.element(node(/^Connect, running, 91%/)).toBeVisible();
  task('connect').succeed({ drops: [] });
  await expect.element(node(/^Connect, done/)).toBeVisible();
  expect(widthOf()).toBe(zoomed);
  await button('Show the whole graph').click();
  await expect.poll(widthOf).toBeCloseTo(before);
});

test('leaves no stream behind, whatever was chosen', async () => {
  const { system, unmount } = open({ script: { ...MIDDLE }, graph: GRAPH });
  await node(/^Connect/).click();
  await expect.poll(() => system.openStreams).toBeGreaterThan(1);
  unmount();
  await expect.poll(() => system.openStreams).toBe(0);
});
