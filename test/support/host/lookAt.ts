// Lets a test say where the user looks, which neither jsdom nor a browser without a window knows by itself.
import { onTestFinished, vi } from 'vitest';

/** Says whether the page is shown and has the focus, until the test ends. */
export function lookAt(where: 'here' | 'elsewhere' | 'another window'): void {
  const shown = where !== 'elsewhere';
  vi.spyOn(document, 'hasFocus').mockReturnValue(where === 'here');
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(shown ? 'visible' : 'hidden');
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(!shown);
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event(where === 'here' ? 'focus' : 'blur'));
  onTestFinished(() => void vi.restoreAllMocks());
}
