import { waitFor } from 'storybook/test';

/** Resolves when the buttons of every phase on the page can be pressed: for a moment after a phase began, they do nothing. */
export function settled(): Promise<void> {
  return waitFor(() => {
    if (document.querySelector('[data-settling]')) throw new Error('A phase has only just begun');
  });
}
