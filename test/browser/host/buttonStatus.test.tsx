// Tests what a user sees of a plugin's task on its button in the toolbar and in the palette, while the dialog is closed.
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  type ButtonStatus,
  DraggableModal,
  Palette,
  Plugin,
  PluginButton,
  Toolbar,
  themes,
} from '../../../src/host/index.ts';
import { mountIn, startApplication } from './mount.tsx';

/** The toolbar and the palette of an application whose plugin has a task in the given state. */
function show(status: ButtonStatus, theme = themes.light) {
  class Survey extends Plugin {
    buttonStatus = { getState: () => status, subscribe: () => () => {} };
    static {
      Survey.prototype.messageGroup = 'SURVEY';
      Survey.prototype.buttons = {
        dialog: class Dialog extends PluginButton<Survey> {
          static {
            Dialog.prototype.titleMsg = 'title';
          }
          override action() {
            app.renderReactNode(null, DraggableModal, { open: true, title: 'Survey of poles' });
          }
        },
      };
    }
  }
  const app = startApplication({
    plugins: { survey: Survey },
    toolbar: ['survey.dialog'],
    palette: ['survey.dialog'],
    theme,
    messages: { en: { SURVEY: { title: 'Survey' } } },
  });
  mountIn(
    app,
    <>
      <Toolbar />
      <Palette />
    </>,
  );
}

const inToolbar = () => page.getByRole('toolbar').getByRole('button');
const inPalette = () => page.getByRole('navigation').getByRole('button');

/** Relative luminance, as WCAG defines it, of a colour over a ground; both as browsers compute them. */
function luminance(colour: string, ground = [0, 0, 0]): number {
  const [red = 0, green = 0, blue = 0, alpha = 1] = [...colour.matchAll(/[\d.]+/g)].map(Number);
  const channels = [red, green, blue].map((value, index) => {
    const share = (value * alpha + (ground[index] ?? 0) * (1 - alpha)) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (channels[0] ?? 0) + 0.7152 * (channels[1] ?? 0) + 0.0722 * (channels[2] ?? 0);
}

test.each(['light', 'dark'] as const)('the ring of a waiting task is seen, in the %s theme', async (name) => {
  show({ phase: 'waiting', percent: null, text: 'Waiting' }, themes[name]);
  await expect.element(inToolbar()).toBeVisible();
  const ground = getComputedStyle(page.getByRole('toolbar').element()).backgroundColor;
  const rgb = [...ground.matchAll(/[\d.]+/g)].map(Number);
  const circles = [...inToolbar().element().querySelectorAll('circle')].filter(
    (circle) => circle.getAttribute('stroke-opacity') !== '0',
  );
  const contrasts = circles.map((circle) => {
    const [low = 0, high = 0] = [luminance(ground), luminance(getComputedStyle(circle).stroke, rgb)].sort();
    return (Math.max(low, high) + 0.05) / (Math.min(low, high) + 0.05);
  });
  expect(Math.max(...contrasts)).toBeGreaterThanOrEqual(3);
});

test.each<ButtonStatus>([
  { phase: 'running', percent: 42, text: '42%' },
  { phase: 'succeeded', percent: 100, text: 'Done' },
])('in the palette, the sign of a task ($phase) leaves the words free', async (status) => {
  show(status);
  await expect.element(inPalette().getByText(`Survey: ${status.text}`)).toBeVisible();
  const sign = inPalette().element().querySelector('[data-status]')?.getBoundingClientRect();
  const range = document.createRange();
  const words = [...inPalette().element().childNodes].at(-1);
  if (words) range.selectNodeContents(words);
  expect(range.getBoundingClientRect().left - (sign?.right ?? Number.NaN)).toBeGreaterThanOrEqual(4);
  // The signs of two buttons, one below the other, do not touch.
  expect(sign?.height).toBeLessThanOrEqual(inPalette().element().getBoundingClientRect().height);
});

test('the name that a button shows to the mouse leaves when the button opens a dialog', async () => {
  show({ phase: 'running', percent: 42, text: '42%' });
  await userEvent.hover(inToolbar());
  await expect.element(page.getByRole('tooltip')).toBeVisible();
  await userEvent.click(inToolbar());
  await expect.element(page.getByRole('dialog', { name: 'Survey of poles' })).toBeVisible();
  await expect.element(page.getByRole('tooltip')).not.toBeInTheDocument();
  // It is there again for a mouse that comes back.
  await userEvent.unhover(inToolbar());
  await userEvent.hover(inToolbar());
  await expect.element(page.getByRole('tooltip')).toBeVisible();
});
