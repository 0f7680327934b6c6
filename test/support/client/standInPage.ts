import { getEventListeners } from 'node:events';
import { onTestFinished, vi } from 'vitest';

const ON_DOCUMENT = ['freeze', 'resume', 'visibilitychange'];
const TYPES = [...ON_DOCUMENT, 'online', 'offline', 'pageshow', 'pagehide', 'focus', 'blur', 'unload'];

export interface StandInPage {
  /** Fires the event where a browser does: on the window, or on the document and then, as it bubbles, on the window. */
  fire(type: string): void;
  /** Hides the page, as another tab does that is brought to the front. */
  hide(): void;
  /** Types that somebody listens for, on either. */
  heard(): string[];
}

/** Makes this process look like a page, as far as its events go, until the test ends. */
export function standInPage(): StandInPage {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { hidden: false, visibilityState: 'visible' });
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', document);
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
  onTestFinished(() => void vi.unstubAllGlobals());
  const fire = (type: string) => {
    if (ON_DOCUMENT.includes(type)) document.dispatchEvent(new Event(type, { bubbles: true }));
    window.dispatchEvent(new Event(type));
  };
  return {
    fire,
    hide() {
      Object.assign(document, { hidden: true, visibilityState: 'hidden' });
      fire('visibilitychange');
      fire('blur');
    },
    heard: () =>
      TYPES.filter(
        (type) => getEventListeners(window, type).length + getEventListeners(document, type).length,
      ),
  };
}
