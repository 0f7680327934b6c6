import { StrictMode, useState } from 'react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import type { DraggableModalProps } from '../../../src/host/contract.ts';
import { DraggableModal } from '../../../src/host/index.ts';
import { mount, mountIn, startApplication } from './mount.tsx';

const dialogNamed = (name: string) => page.getByRole('dialog', { name });
const rectOf = (name: string) => dialogNamed(name).element().getBoundingClientRect();
const placeOf = (name: string) => {
  const { left, top } = rectOf(name);
  return { left, top };
};
const handleOf = (name: string) => dialogNamed(name).getByRole('button', { name: /move the dialog/i });

async function opened(name: string): Promise<{ left: number; top: number }> {
  await expect.element(dialogNamed(name)).toBeVisible();
  return placeOf(name);
}

function expectWithinViewport(name: string): void {
  const { left, top, right, bottom } = rectOf(name);
  expect(left).toBeGreaterThanOrEqual(8);
  expect(top).toBeGreaterThanOrEqual(8);
  expect(right).toBeLessThanOrEqual(window.innerWidth - 8);
  expect(bottom).toBeLessThanOrEqual(window.innerHeight - 8);
}

/** A page with a map, a button that opens a modal, and the modal. */
function MapPage({ onMapClick, ...props }: Partial<DraggableModalProps> & { onMapClick?: () => void }) {
  const [open, setOpen] = useState(false);
  const [count, setCount] = useState(0);
  return (
    <>
      <button type="button" onClick={onMapClick} style={{ position: 'fixed', inset: 0, width: '100%' }}>
        Map
      </button>
      <button type="button" onClick={() => setOpen(true)} style={{ position: 'relative' }}>
        Opener
      </button>
      <DraggableModal open={open} title="Connect" width={300} onCancel={() => setOpen(false)} {...props}>
        <button type="button" onClick={() => setCount(count + 1)}>
          Count {count}
        </button>
      </DraggableModal>
    </>
  );
}

/** Moves with real pointer input from the title of a dialog by so many pixels. */
async function dragTitle(name: string, x: number, y: number): Promise<void> {
  const title = dialogNamed(name).getByText(name);
  const box = title.element().getBoundingClientRect();
  await userEvent.dragAndDrop(title, page.elementLocator(document.documentElement), {
    sourcePosition: { x: 5, y: 5 },
    targetPosition: { x: box.left + 5 + x, y: box.top + 5 + y },
    force: true,
  });
}

/** Touches go to the browser, whose coordinates are those of the page around the test's frame. */
async function touch(type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number): Promise<void> {
  const frame = window.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const touchPoints = x === undefined || y === undefined ? [] : [{ x: x + frame.left, y: y + frame.top }];
  await cdp().send('Input.dispatchTouchEvent', { type, touchPoints });
}

beforeEach(async () => {
  await page.viewport(900, 700);
});

describe('DraggableModal', () => {
  it('is dragged by its title bar with the mouse, and not by its content', async () => {
    mount(<MapPage open />);
    const before = await opened('Connect');
    await dragTitle('Connect', -120, -40);
    await expect.poll(() => placeOf('Connect')).toEqual({ left: before.left - 120, top: before.top - 40 });
    const after = placeOf('Connect');
    await userEvent.dragAndDrop(dialogNamed('Connect').getByText('Count 0'), page.getByText('Opener'), {
      force: true,
    });
    expect(placeOf('Connect')).toEqual(after);
  });

  it('opens beside the middle of the page, where a map shows what is selected', async () => {
    mount(<MapPage open />);
    await opened('Connect');
    expect(rectOf('Connect').right).toBe(900 - 12);
    expect(rectOf('Connect').left).toBeGreaterThan(450);
  });

  it('opens at the bottom of a narrow window, and stays there when its content grows', async () => {
    await page.viewport(320, 640);
    const content = (height: number) => (
      <DraggableModal open title="Connect" width={440}>
        <div style={{ height }}>Content</div>
      </DraggableModal>
    );
    const { render } = mount(content(100));
    await opened('Connect');
    await expect.poll(() => rectOf('Connect').bottom).toBe(632);
    render(content(200));
    await expect.poll(() => rectOf('Connect').height).toBeGreaterThan(200);
    await expect.poll(() => rectOf('Connect').bottom).toBe(632);
  });

  it('is dragged with a finger', async () => {
    mount(<MapPage open />);
    const before = await opened('Connect');
    const title = dialogNamed('Connect').getByText('Connect').element().getBoundingClientRect();
    await touch('touchStart', title.left + 5, title.top + 5);
    await touch('touchMove', title.left + 35, title.top + 25);
    await touch('touchMove', title.left - 75, title.top + 95);
    await touch('touchEnd');
    await expect.poll(() => placeOf('Connect')).toEqual({ left: before.left - 80, top: before.top + 90 });
    await touch('touchStart', title.left, title.top);
    await touch('touchEnd');
    expect(placeOf('Connect')).toEqual({ left: before.left - 80, top: before.top + 90 });
  });

  it('is moved with the arrow keys on its handle, further with Shift', async () => {
    mount(<MapPage open />);
    const before = await opened('Connect');
    await userEvent.tab();
    await expect.element(handleOf('Connect')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowDown}{ArrowRight}');
    await expect.poll(() => placeOf('Connect')).toEqual({ left: before.left - 20, top: before.top + 10 });
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowUp}{/Shift}');
    await expect.poll(() => placeOf('Connect')).toEqual({ left: before.left - 70, top: before.top - 40 });
  });

  it('stays within the viewport while it is dragged, when the window or its content changes, at 400 px', async () => {
    const tall = (height: number) => (
      <DraggableModal open title="Connect" width={600}>
        <div style={{ height }}>Content</div>
      </DraggableModal>
    );
    const { render } = mount(tall(100));
    await opened('Connect');
    await dragTitle('Connect', 295, 690);
    await expect.poll(() => rectOf('Connect').right).toBe(892);
    expectWithinViewport('Connect');
    render(tall(400));
    await expect.poll(() => rectOf('Connect').height).toBeGreaterThan(400);
    await expect.poll(() => rectOf('Connect').bottom).toBeLessThanOrEqual(692);
    expectWithinViewport('Connect');
    await page.viewport(400, 500);
    await expect.poll(() => rectOf('Connect').width).toBe(384);
    await expect.poll(() => rectOf('Connect').right).toBeLessThanOrEqual(392);
    expectWithinViewport('Connect');
    render(tall(3000));
    await expect.poll(() => rectOf('Connect').height).toBe(484);
    await expect.poll(() => rectOf('Connect').top).toBe(8);
    await expect.element(dialogNamed('Connect').getByRole('button', { name: 'Close' })).toBeInViewport();
  });

  it('lets a keyboard user scroll a content that is longer than the window', async () => {
    mount(
      <DraggableModal open title="Connect">
        <div style={{ height: 3000 }}>Long</div>
      </DraggableModal>,
    );
    const region = dialogNamed('Connect').getByRole('region', { name: 'Connect' });
    await expect.element(region).toBeVisible();
    for (let presses = 0; presses < 3; presses += 1) await userEvent.tab();
    await expect.element(region).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect.poll(() => region.element().scrollTop).toBeGreaterThan(1000);
  });

  it('keeps its place when its content renders again, and when it is closed and opened', async () => {
    mount(<MapPage />);
    await userEvent.click(page.getByText('Opener'));
    await opened('Connect');
    await dragTitle('Connect', -50, 60);
    const place = placeOf('Connect');
    await userEvent.click(page.getByText('Count 0'));
    await expect.element(page.getByText('Count 1')).toBeVisible();
    expect(placeOf('Connect')).toEqual(place);
    await userEvent.click(dialogNamed('Connect').getByRole('button', { name: 'Close' }));
    await expect.element(dialogNamed('Connect')).not.toBeInTheDocument();
    await userEvent.click(page.getByText('Opener'));
    expect(await opened('Connect')).toEqual(place);
  });

  it('takes the focus when it opens, lets it go, and gives it back to the opener when it closes', async () => {
    const complaints = vi.spyOn(console, 'error');
    mount(
      <StrictMode>
        <MapPage />
      </StrictMode>,
    );
    await userEvent.click(page.getByText('Opener'));
    await expect.element(dialogNamed('Connect')).toHaveFocus();
    await userEvent.tab();
    await expect.element(handleOf('Connect')).toHaveFocus();
    await userEvent.tab({ shift: true });
    await expect.element(page.getByText('Opener')).toHaveFocus();
    await userEvent.click(page.getByText('Count 0'));
    // The page is scrolled: the opener takes the focus again, and the page stays where it is.
    document.body.style.height = '3000px';
    onTestFinished(() => {
      document.body.style.height = '';
      window.scrollTo(0, 0);
    });
    window.scrollTo(0, 500);
    await userEvent.keyboard('{Escape}');
    await expect.element(dialogNamed('Connect')).not.toBeInTheDocument();
    await expect.element(page.getByText('Opener')).toHaveFocus();
    expect(window.scrollY).toBe(500);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  it('leaves the focus where the user has put it, and Escape to whoever has the focus', async () => {
    mount(<MapPage />);
    await userEvent.click(page.getByText('Opener'));
    await expect.element(dialogNamed('Connect')).toHaveFocus();
    await userEvent.click(page.getByText('Map'), { position: { x: 10, y: 600 } });
    await userEvent.keyboard('{Escape}');
    await expect.element(dialogNamed('Connect')).toBeVisible();
    await expect.element(page.getByText('Map')).toHaveFocus();
  });

  it('lets clicks and scrolling through to the map, and says that it is not modal', async () => {
    const onMapClick = vi.fn();
    document.body.style.height = '3000px';
    onTestFinished(() => {
      document.body.style.height = '';
    });
    mount(<MapPage open onMapClick={onMapClick} />);
    const { left, top } = await opened('Connect');
    await userEvent.click(page.getByText('Map'), { position: { x: left - 10, y: top + 20 } });
    expect(onMapClick).toHaveBeenCalledOnce();
    await expect.element(dialogNamed('Connect')).toHaveAttribute('aria-modal', 'false');
    expect(getComputedStyle(document.body).overflow).toBe('visible');
  });

  it('comes to the front when it is pressed, focused or opened', async () => {
    const modal = (title: string, open = true) => (
      <DraggableModal key={title} open={open} title={title} width={300}>
        <input aria-label={`${title} field`} />
      </DraggableModal>
    );
    const { render } = mount([modal('First'), modal('Second'), modal('Third', false)]);
    await opened('First');
    const first = rectOf('First');
    // What the user sees at a place that several modals cover.
    const front = () => {
      const shared = document.elementFromPoint(first.left + 60, first.bottom - 4);
      const title = shared?.closest('[role=dialog]')?.getAttribute('aria-labelledby');
      return title ? document.getElementById(title)?.textContent : undefined;
    };
    await expect.poll(front).toBe('Second');
    expect(placeOf('Second')).not.toEqual(placeOf('First'));
    await userEvent.click(dialogNamed('First').getByText('First'), { position: { x: 5, y: 2 } });
    await expect.poll(front).toBe('First');
    const field = page.getByLabelText('Second field').element();
    if (field instanceof HTMLElement) field.focus();
    await expect.poll(front).toBe('Second');
    render([modal('First'), modal('Second'), modal('Third')]);
    await opened('Third');
    render([modal('First'), modal('Second', false), modal('Third')]);
    await expect.element(dialogNamed('Second')).not.toBeInTheDocument();
    await userEvent.click(dialogNamed('First').getByText('First'), { position: { x: 5, y: 2 } });
    render([modal('First'), modal('Second'), modal('Third')]);
    await opened('Second');
    await expect.poll(front).toBe('Second');
  });

  it('is laid out from right to left, and its keys go where they point', async () => {
    const app = startApplication({ language: 'ar' });
    mountIn(
      app,
      <DraggableModal open title="Connect" width={300}>
        نص
      </DraggableModal>,
    );
    const before = await opened('Connect');
    const close = dialogNamed('Connect').getByRole('button', { name: 'إغلاق' });
    const handle = dialogNamed('Connect').getByRole('button', { name: 'تحريك مربع الحوار بمفاتيح الأسهم' });
    // At the inline end, which is on the left here.
    expect(before.left).toBe(12);
    const { x: closeX } = close.element().getBoundingClientRect();
    expect(closeX).toBeLessThan(handle.element().getBoundingClientRect().x);
    await userEvent.tab();
    await expect.element(handle).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => placeOf('Connect').left).toBe(before.left + 10);
  });

  it('has the class of its wrap around it, and its footer below its content', async () => {
    mount(
      <DraggableModal open title="Connect" wrapClassName="customer-connection-modal" footer={<b>OK</b>}>
        Content
      </DraggableModal>,
    );
    await opened('Connect');
    expect(document.querySelector('.customer-connection-modal [role=dialog]')).toBe(
      dialogNamed('Connect').element(),
    );
    expect(rectOf('Connect').width).toBe(520);
    const content = page.getByText('Content').element().getBoundingClientRect();
    expect(page.getByText('OK').element().getBoundingClientRect().top).toBeGreaterThanOrEqual(content.bottom);
  });
});
