import type { ButtonStatus, ButtonStatusSource } from '../../host/contract.ts';
import { prefersLessMotion } from '../../host/useLessMotion.ts';
import { fieldOf } from './parseHost.ts';

const SVG = 'http://www.w3.org/2000/svg';
const RADIUS = 14;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** Marks how a task ended with a sign, for users who cannot rely on the colour. */
const SIGNS: Record<string, string> = {
  succeeded: '✓',
  'partly-succeeded': '!',
  failed: '✕',
  lost: '?',
  cancelled: '–',
};
/**
 * Colours for the platform's toolbar. A plugin cannot read the toolbar's own colours, so these are visible on light and
 * on dark.
 */
const COLOURS: Record<string, string> = {
  waiting: '#6b7785',
  succeeded: '#2f8f3a',
  'partly-succeeded': '#b26a00',
  failed: '#d4380d',
};
const OTHER = '#1677ff';

/**
 * Shows the status of a task on a button of the platform: a ring or a mark over the button's own element, and the words
 * in its accessible name. It does nothing for a button without an element.
 */
export function showStatus(button: object, title: () => string, status: ButtonStatusSource): void {
  const place = elementOf(button);
  if (!place) return;
  let shown: { badge: HTMLElement; restore(): void } | undefined;
  const update = () => {
    shown?.badge.remove();
    shown?.restore();
    shown = undefined;
    const state = status.getState();
    if (!state) return;
    const badge = badgeOf(state);
    const restorePosition = positioned(place);
    const restoreName = named(place, state.badge ? state.text : `${title()}: ${state.text}`);
    place.append(badge);
    shown = {
      badge,
      restore() {
        restorePosition();
        restoreName();
      },
    };
  };
  status.subscribe(update);
  update();
}

/** The element of a platform's button: a view of Backbone has it as `el`, and wrapped by jQuery as `$el`. */
function elementOf(button: object): HTMLElement | undefined {
  return [fieldOf(button, 'el'), fieldOf(fieldOf(button, '$el'), '0')].find(
    (found) => found instanceof HTMLElement,
  );
}

/** The badge is placed over the button, whatever the button contains. */
function positioned(place: HTMLElement): () => void {
  const before = place.style.position;
  if (getComputedStyle(place).position === 'static') place.style.position = 'relative';
  return () => {
    place.style.position = before;
  };
}

function named(place: HTMLElement, name: string): () => void {
  const focusable = 'button, a, [role="button"]';
  const target = place.matches(focusable) ? place : (place.querySelector(focusable) ?? place);
  const before = target.getAttribute('aria-label');
  target.setAttribute('aria-label', name);
  return () => {
    if (before === null) target.removeAttribute('aria-label');
    else target.setAttribute('aria-label', before);
  };
}

function badgeOf({ phase, percent, badge: count }: ButtonStatus): HTMLElement {
  const badge = document.createElement('span');
  badge.dataset.status = phase;
  badge.setAttribute('aria-hidden', 'true');
  badge.style.cssText = 'position:absolute;inset:0;pointer-events:none;display:grid;place-items:center';
  if (count) {
    const number = badge.appendChild(document.createElement('span'));
    number.textContent = count.text;
    const ground = count.isError ? COLOURS.failed : OTHER;
    number.style.cssText = `place-self:start end;min-width:14px;border-radius:7px;background:${ground};color:#fff;font:bold 10px/14px sans-serif;text-align:center`;
    return badge;
  }
  const colour = COLOURS[phase] ?? OTHER;
  const sign = SIGNS[phase];
  if (sign) {
    const mark = badge.appendChild(document.createElement('span'));
    mark.textContent = sign;
    mark.style.cssText = `place-self:start end;width:14px;height:14px;border-radius:50%;background:${colour};color:#fff;font:bold 10px/14px sans-serif;text-align:center`;
    return badge;
  }
  const ring = badge.appendChild(document.createElementNS(SVG, 'svg'));
  set(ring, { viewBox: '0 0 32 32', width: '32', height: '32' });
  const circle = { cx: '16', cy: '16', r: String(RADIUS), fill: 'none', 'stroke-width': '2' };
  set(ring.appendChild(document.createElementNS(SVG, 'circle')), {
    ...circle,
    stroke: COLOURS.waiting ?? OTHER,
    'stroke-opacity': '0.3',
  });
  const filled = ((percent ?? 25) / 100) * CIRCUMFERENCE;
  const isWaiting = phase === 'waiting';
  if (!isWaiting && filled <= 0) return badge;
  const part = ring.appendChild(document.createElementNS(SVG, 'circle'));
  set(part, {
    ...circle,
    stroke: colour,
    // It stands in dashes while the task waits.
    'stroke-dasharray': isWaiting ? String(CIRCUMFERENCE / 24) : `${filled} ${CIRCUMFERENCE}`,
    transform: 'rotate(-90 16 16)',
  });
  if (!isWaiting && percent === null && !prefersLessMotion()) {
    set(part.appendChild(document.createElementNS(SVG, 'animateTransform')), {
      attributeName: 'transform',
      type: 'rotate',
      from: '-90 16 16',
      to: '270 16 16',
      dur: '1.2s',
      repeatCount: 'indefinite',
    });
  }
  return badge;
}

function set(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
