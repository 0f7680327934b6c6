// Tests that the dialog of a task stays readable and in its place: in a narrow window, with long words, with hundreds of
// failures, and while its log is opened and closed.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { TaskItem } from '../../../src/contract/index.ts';
import { themes } from '../../../src/host/index.ts';
import { mountPlugin } from '../../support/host/mountPlugin.ts';

const dialog = () => page.getByRole('dialog');
const region = () => dialog().getByRole('region', { name: 'What failed' });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const topOf = (name: string) => button(name).element().getBoundingClientRect().top;

beforeEach(() => page.viewport(1280, 800));
afterEach(() => page.viewport(1280, 800));

/** Mounts a dialog whose task succeeded, save for so many of its items. */
async function partlySucceeded(failed: number, options: Parameters<typeof mountPlugin>[0] = {}) {
  const system = createFakeSystem();
  system.add().run();
  const mounted = await mountPlugin({ system: system.client, motion: true, theme: themes.light, ...options });
  await expect.poll(() => system.openStreams).toBe(1);
  system.task.log('warning', '"lng" is not a parameter of this task and was ignored');
  for (let line = 0; line < 8; line += 1) system.task.log('info', `Reading sheet ${line} of the survey`);
  system.task.items(
    Array.from(
      { length: failed },
      (_, index): TaskItem => ({
        id: `address/${index + 1}`,
        code: 'too-far',
        message: 'No pole within 80 m: add a pole',
        // Some of them cannot be shown on the map.
        ...(index % 3 === 2 ? {} : { geometry: { type: 'Point', coordinates: [0.1, 52.2] } }),
      }),
    ),
  );
  system.task.succeed();
  await expect.element(dialog().getByRole('listitem').first()).toBeVisible();
  return { ...mounted, system };
}

test.each(['en', 'de', 'fr', 'es', 'ja', 'ar'])(
  '320 px wide, in %s, nothing is cut off',
  async (language) => {
    await page.viewport(320, 640);
    await partlySucceeded(300, { language });
    const frame = dialog().element().getBoundingClientRect();
    expect(frame.width).toBeLessThanOrEqual(320);
    const outside = [...dialog().element().querySelectorAll('button, h2, li, dd')]
      .map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.left < frame.left || box.right > frame.right);
    expect(outside.map(({ text }) => text)).toEqual([]);
    const sideways = [...dialog().element().querySelectorAll('div')].filter(
      (element) =>
        element.scrollWidth > element.clientWidth && /auto/.test(getComputedStyle(element).overflowX),
    );
    expect(sideways).toEqual([]);
  },
);

test('the keyboard passes hundreds of failures in two stops, and goes through them with the arrow keys', async () => {
  const { fitBounds } = await partlySucceeded(300);
  dialog().getByRole('heading').element().focus();
  const stops: (string | null)[] = [];
  for (let tabs = 0; tabs < 5; tabs += 1) {
    await userEvent.keyboard('{Tab}');
    const { activeElement } = document;
    stops.push(activeElement === region().element() ? 'the list' : (activeElement?.textContent ?? null));
  }
  expect(stops).toEqual(['the list', 'Show on map', 'Show 100 more', 'Log · 1 warning', 'Start another']);
  await userEvent.keyboard('{Shift>}{Tab}{Tab}{Tab}{/Shift}');
  const focused = () => document.activeElement?.getAttribute('aria-label');
  expect(focused()).toBe('Show on map: address/1');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  // The third failure has no place.
  expect(focused()).toBe('Show on map: address/4');
  await userEvent.keyboard('{End}');
  expect(focused()).toBe('Show on map: address/100');
  await expect.element(page.elementLocator(document.activeElement ?? document.body)).toBeInViewport();
  await userEvent.keyboard('{Enter}');
  expect(fitBounds).toHaveBeenCalledTimes(1);
  // The Tab key comes back to where it left.
  await userEvent.keyboard('{Tab}{Shift>}{Tab}{/Shift}');
  expect(focused()).toBe('Show on map: address/100');
});

test('more failures come into view when they are asked for; neither the focus nor the buttons move away', async () => {
  await partlySucceeded(250);
  const before = topOf('Start another');
  const inView = (text: string) => {
    const row = region().getByText(text, { exact: true }).element().getBoundingClientRect();
    const box = region().element().getBoundingClientRect();
    return row.top >= box.top && row.bottom <= box.bottom;
  };
  await userEvent.click(button('Show 100 more'));
  await expect.poll(() => inView('address/101')).toBe(true);
  await userEvent.click(button('Show 50 more'));
  await expect.poll(() => inView('address/201')).toBe(true);
  await expect.element(button('Show 50 more')).not.toBeInTheDocument();
  await expect.element(region()).toHaveFocus();
  expect(topOf('Start another')).toBe(before);
});

test.each([1280, 320])('every button is large enough for a finger, in a window of %s px', async (width) => {
  await page.viewport(width, 800);
  await partlySucceeded(250, { language: 'de' });
  const low = [...dialog().element().querySelectorAll('button')]
    .filter((each) => each.getBoundingClientRect().height < 21)
    .map(({ textContent }) => textContent);
  expect(low).toEqual([]);
  const heightOf = (name: string) => button(name).element().getBoundingClientRect().height;
  expect(heightOf('Auf der Karte zeigen: address/1')).toBeGreaterThanOrEqual(24);
  expect(heightOf('250 erneut versuchen')).toBeGreaterThanOrEqual(28);
});

test('a dialog with an open log stays in its place and within the page', async () => {
  await page.viewport(1280, 720);
  await partlySucceeded(300);
  const top = () => dialog().element().getBoundingClientRect().top;
  await expect.poll(() => dialog().element().getBoundingClientRect().height).toBeGreaterThan(500);
  const before = top();
  await userEvent.click(button('Log · 1 warning'));
  await expect.element(dialog().getByRole('region', { name: 'Log' })).toBeVisible();
  expect(top()).toBe(before);
  expect(dialog().element().getBoundingClientRect().bottom).toBeLessThanOrEqual(720);
  await userEvent.click(button('Log · 1 warning'));
  await expect.poll(top).toBe(before);
});

test('nothing in the dialog moves when the first entry of a log arrives, nor when a long text comes and goes', async () => {
  await page.viewport(320, 640);
  const system = createFakeSystem();
  system.add().run({ percent: 40 });
  await mountPlugin({ system: system.client, motion: true, theme: themes.light, language: 'de' });
  await expect.poll(() => system.openStreams).toBe(1);
  await expect.element(dialog()).toMatchTextContent(/40/);
  const places = () => {
    const frame = dialog().element().getBoundingClientRect();
    return [frame.height, topOf('Aufgabe abbrechen') - frame.top];
  };
  const before = places();
  system.task.log('warning', 'The survey is from 1978');
  await expect.element(button('Protokoll · 1 Warnung')).toBeVisible();
  expect(places()).toEqual(before);
  system.task.connection({ state: 'reconnecting', attempt: 1, retryAt: Date.now() + 9000, reason: 'reset' });
  await expect.element(dialog()).toMatchTextContent(/Verbindung verloren/);
  const during = places();
  system.task.connection({ state: 'live' });
  await expect.element(dialog()).toMatchTextContent(/Live/);
  expect(places()).toEqual(during);
});

test('before another task the dialog is as low as at first, once the pointer has left it', async () => {
  await partlySucceeded(300);
  const height = () => dialog().element().getBoundingClientRect().height;
  const before = height();
  await userEvent.click(button('Start another'));
  await expect.element(button('Create connections')).toBeVisible();
  // Under the pointer nothing moves: a second click meets no other button.
  expect(height()).toBeGreaterThan(before - 60);
  await userEvent.hover(page.getByRole('toolbar'));
  await expect.poll(height).toBeLessThan(450);
});

test('only a failure is red: a task that is out of sight is not, and a lost connection greys the bar', async () => {
  const system = createFakeSystem();
  system.add().run({ percent: 40 });
  await mountPlugin({ system: system.client, motion: true, theme: themes.light });
  await expect.poll(() => system.openStreams).toBe(1);
  await expect.element(dialog()).toMatchTextContent(/40%/);
  const colour = (selector: string, property: 'stroke' | 'backgroundColor') => {
    const element = dialog().element().querySelector(selector);
    return element && getComputedStyle(element)[property];
  };
  const bar = () => colour('[role=progressbar] > div', 'backgroundColor');
  expect(bar()).toBe('rgb(11, 92, 173)');
  system.task.connection({ state: 'reconnecting', attempt: 1, retryAt: Date.now() + 9000, reason: 'reset' });
  await expect.poll(bar).not.toBe('rgb(11, 92, 173)');
  system.task.fail({ code: 'lost-sight', message: 'The stream closed' });
  await expect.element(dialog().getByRole('heading')).toHaveTextContent('The task is out of sight');
  const outOfSight = colour('h2 path', 'stroke');
  await userEvent.click(button('Back'));
  await userEvent.click(button('Create connections'));
  await expect.poll(() => system.tasks[1]?.followers).toBe(1);
  system.task.fail({ code: 'timeout', message: 'too long' });
  await expect.element(dialog().getByRole('heading')).toHaveTextContent('The task failed');
  expect(colour('h2 path', 'stroke')).toBe('rgb(196, 32, 47)');
  expect(outOfSight).not.toBe('rgb(196, 32, 47)');
});
