// Tests the window that docks at the map as a user has it: with mouse, finger and keyboard, beside a map that changes its
// size, and as a sheet on a phone.
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import type { BoundingBox } from '../../../src/contract/index.ts';
import type { DockedPlace } from '../../../src/host/contract.ts';
import { DockedModal, hostFeature } from '../../../src/host/index.ts';
import { mountIn, startApplication } from './mount.tsx';

const dialog = () => page.getByRole('dialog', { name: 'Connect' });
const button = (name: string | RegExp) => dialog().getByRole('button', { name });
const box = () => dialog().element().getBoundingClientRect();
const map = document.createElement('div');
map.style.cssText = 'position:fixed;left:280px;top:48px;right:0;bottom:24px';

beforeEach(async () => {
  await page.viewport(1280, 800);
  document.body.append(map);
});
afterEach(async () => {
  map.remove();
  map.style.left = '280px';
  map.style.right = '0';
  localStorage.clear();
  await page.viewport(1280, 800);
});

const BAR = { icon: <svg width="16" height="16" />, percent: '48%', detail: '958 / 2,000' };

function MapPage({ height = 200, running = true }: { height?: number; running?: boolean }) {
  const [open, setOpen] = useState(false);
  const content = (place: DockedPlace) => (
    <>
      <input aria-label="Count" />
      <div style={{ height }}>shown as a {place}</div>
      <button type="button">Go on</button>
    </>
  );
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Opener
      </button>
      <DockedModal
        open={open}
        title="Connect"
        onCancel={() => setOpen(false)}
        bar={running ? BAR : undefined}
      >
        {content}
      </DockedModal>
    </>
  );
}

async function open(props: Parameters<typeof MapPage>[0] = {}, language = 'en', selected?: [number, number]) {
  const app = startApplication({
    language,
    map: {
      container: () => map,
      getBounds: (): BoundingBox => [0, 0, 10, 10],
      fitBounds() {},
      zoomTo() {},
    },
  });
  if (selected) {
    app.setCurrentFeature(
      hostFeature({
        id: 'pole/1',
        geometry: { type: 'Point', coordinates: selected },
        properties: { table: 'pole', name: 'P-1' },
      }),
    );
  }
  const mounted = mountIn(app, <MapPage {...props} />);
  await userEvent.click(page.getByText('Opener'));
  await expect.element(dialog()).toBeVisible();
  return mounted;
}

/** Drags with the real mouse or a finger. Coordinates are those of the page around the test's frame. */
async function swipe(type: 'mouse' | 'touch', from: { x: number; y: number }, by: { x: number; y: number }) {
  const frame = window.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const send = (kind: 'down' | 'move' | 'up', share: number) => {
    const x = frame.left + from.x + by.x * share;
    const y = frame.top + from.y + by.y * share;
    return type === 'mouse'
      ? cdp().send('Input.dispatchMouseEvent', {
          type: kind === 'down' ? 'mousePressed' : kind === 'up' ? 'mouseReleased' : 'mouseMoved',
          x,
          y,
          button: 'left',
          clickCount: 1,
        })
      : cdp().send('Input.dispatchTouchEvent', {
          type: kind === 'down' ? 'touchStart' : kind === 'up' ? 'touchEnd' : 'touchMove',
          touchPoints: kind === 'up' ? [] : [{ x, y }],
        });
  };
  await send('down', 0);
  await send('move', 0.5);
  await send('move', 1);
  await send('up', 1);
}

const titleBar = () => ({ x: box().left + 150, y: box().top + 20 });

describe('a docked window', () => {
  it('stands in the upper corner of the map at the inline end, 304 px wide, and stays there when the map shrinks', async () => {
    await open();
    expect(box().width).toBe(304);
    expect([box().right, box().top]).toEqual([1268, 60]);
    map.style.right = '408px';
    await expect.poll(() => box().right).toBe(1280 - 408 - 12);
    expect(box().top).toBe(60);
  });

  it('opens away from what is selected, and at the left from right to left', async () => {
    await open({}, 'en', [9, 9]);
    expect([box().left, box().bottom]).toEqual([292, 764]);
  });

  it('is laid out from right to left', async () => {
    await open({}, 'ar');
    expect([box().left, box().top]).toEqual([292, 60]);
    const close = button('إغلاق').element().getBoundingClientRect();
    expect(close.left).toBeLessThan(box().left + 40);
  });

  it('is dragged by its title bar, remembers its place, and never leaves the page', async () => {
    await open();
    const { left, top } = box();
    await swipe('mouse', titleBar(), { x: -200, y: 90 });
    await expect.poll(() => [box().left, box().top]).toEqual([left - 200, top + 90]);
    await userEvent.click(button('Close'));
    await expect.element(dialog()).not.toBeInTheDocument();
    await userEvent.click(page.getByText('Opener'));
    await expect.element(dialog()).toBeVisible();
    expect([box().left, box().top]).toEqual([left - 200, top + 90]);
    await swipe('mouse', titleBar(), { x: 3000, y: 3000 });
    await expect.poll(() => box().right).toBe(1272);
    expect(box().bottom).toBeLessThanOrEqual(792);
    await page.viewport(900, 500);
    await expect.poll(() => box().right).toBeLessThanOrEqual(892);
    await expect.poll(() => box().bottom).toBeLessThanOrEqual(492);
  });

  it('folds to a bar of 304 x 40 px with title, percent and two buttons, and keeps what was entered', async () => {
    await open();
    await userEvent.fill(dialog().getByLabelText('Count'), '12');
    await userEvent.click(button('Fold'));
    await expect.poll(() => box().height).toBe(40);
    expect([box().width, box().right, box().top]).toEqual([304, 1268, 60]);
    await expect.element(dialog().getByText('48%')).toBeVisible();
    expect(dialog().getByRole('button').elements()).toHaveLength(2);
    await expect.element(button('Unfold')).toHaveFocus();
    await expect.element(button('Unfold')).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog().getByLabelText('Count')).toHaveValue('12');
  });

  it('opens folded at the lower edge of a map below 560 px, unless there is nothing to fold to', async () => {
    map.style.right = '480px';
    const { render } = await open();
    expect([box().height, box().bottom, box().right]).toEqual([40, 764, 788]);
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog()).not.toBeInTheDocument();
    render(<MapPage key="setup" running={false} />);
    await userEvent.click(page.getByText('Opener'));
    await expect.element(dialog().getByLabelText('Count')).toBeVisible();
    await expect.element(button('Fold')).not.toBeInTheDocument();
  });

  it('is walked through with the keyboard: content, handle, fold, close; Escape gives the focus back', async () => {
    await open();
    const stops: (string | null | undefined)[] = [];
    for (let tabs = 0; tabs < 5; tabs += 1) {
      await userEvent.tab();
      stops.push(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    }
    expect(stops).toEqual(['Count', 'Go on', 'Move the dialog with the arrow keys', 'Fold', 'Close']);
    await userEvent.tab({ shift: true });
    await userEvent.tab({ shift: true });
    const { left, top } = box();
    await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowDown}{/Shift}');
    await expect.poll(() => [box().left, box().top]).toEqual([left - 10, top + 50]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('Opener')).toHaveFocus();
  });

  it('is no higher than the map, and its content scrolls then', async () => {
    await open({ height: 2000 });
    expect(box().bottom).toBeLessThanOrEqual(764);
    await expect.element(button('Close')).toBeInViewport();
    await expect.element(dialog().getByRole('region', { name: 'Connect' })).toBeVisible();
  });
});

describe('on a phone', () => {
  beforeEach(async () => {
    await page.viewport(320, 640);
    map.style.left = '0';
  });

  it('a docked window is a sheet of 222 px at the lower edge of the map', async () => {
    await open({ height: 900 });
    await expect.element(dialog().getByText('shown as a sheet')).toBeVisible();
    expect([box().left, box().width, box().height, box().bottom]).toEqual([0, 320, 222, 616]);
    for (const name of ['Fold', 'Close']) {
      expect(button(name).element().getBoundingClientRect().height).toBeGreaterThanOrEqual(28);
    }
  });

  it('covers no more than 45 percent of a low map', async () => {
    await page.viewport(320, 400);
    await open({ height: 900 });
    expect(box().height).toBe(Math.round(328 * 0.45));
  });

  it('a swipe down folds the sheet to a bar of 56 px, and a swipe up unfolds it', async () => {
    await open();
    await swipe('touch', titleBar(), { x: 5, y: 60 });
    await expect.poll(() => [box().height, box().width, box().bottom]).toEqual([56, 304, 608]);
    await expect.element(dialog().getByText('958 / 2,000')).toBeVisible();
    await swipe('touch', titleBar(), { x: 5, y: -60 });
    await expect.poll(() => box().height).toBe(222);
    await userEvent.click(button('Fold'));
    await expect.poll(() => box().height).toBe(56);
  });

  it('a window that turns wide makes a card of the sheet', async () => {
    await open();
    await page.viewport(1280, 800);
    await expect.element(dialog().getByText('shown as a card')).toBeVisible();
    await expect.poll(() => box().right).toBe(1268);
  });
});

it('a browser that keeps nothing still opens and moves the window', async () => {
  const { setItem, getItem } = Storage.prototype;
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  Storage.prototype.setItem = refuse;
  Storage.prototype.getItem = refuse;
  onTestFinished(() => {
    Storage.prototype.setItem = setItem;
    Storage.prototype.getItem = getItem;
  });
  await open();
  const { left } = box();
  await swipe('mouse', titleBar(), { x: -50, y: 0 });
  await expect.poll(() => box().left).toBe(left - 50);
});
