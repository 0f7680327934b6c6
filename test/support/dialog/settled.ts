// For tests that press the buttons of a phase: for a moment after the phase began, they do nothing.
import { waitFor } from '@testing-library/dom';

/** Resolves when the buttons of every phase on the page can be pressed. */
export function settled(): Promise<void> {
  return waitFor(
    () => {
      if (document.querySelector('[data-settling]')) throw new Error('A phase has only just begun');
    },
    { timeout: 15_000 },
  );
}
