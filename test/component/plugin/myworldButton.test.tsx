// Tests the ring around the button of the plugin in the platform's toolbar.
import { expect, test, vi } from 'vitest';
import type { ButtonStatus } from '../../../src/host/contract.ts';
import { showStatus } from '../../../src/hosts/myworld/showStatus.ts';

/** A button of the platform that shows a status, and the ring's moving part. */
function button(first: Partial<ButtonStatus>) {
  const el = document.createElement('button');
  let state: ButtonStatus = { phase: 'running', percent: null, text: 'Running', ...first };
  const listeners = new Set<() => void>();
  showStatus({ el }, () => 'Customer connections', {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  const part = () => el.querySelectorAll('circle')[1];
  return {
    el,
    dashes: () => part()?.getAttribute('stroke-dasharray')?.split(' ').length,
    turns: () => part()?.querySelector('animateTransform') != null,
    set(next: Partial<ButtonStatus>) {
      state = { ...state, ...next };
      for (const listener of listeners) listener();
    },
  };
}

test('stands in dashes while the task waits, turns at unknown progress, and fills', () => {
  const { el, dashes, turns, set } = button({ phase: 'waiting', text: 'Waiting' });
  expect([dashes(), turns()]).toEqual([1, false]);
  expect(el.getAttribute('aria-label')).toBe('Customer connections: Waiting');
  set({ phase: 'running' });
  expect([dashes(), turns()]).toEqual([2, true]);
  set({ percent: 48 });
  expect([dashes(), turns()]).toEqual([2, false]);
  set({ percent: 0 });
  expect(dashes()).toBeUndefined();
});

test('does not turn for a user who asks for less motion', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  expect(button({ phase: 'running' }).turns()).toBe(false);
});
