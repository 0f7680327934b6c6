import { useSyncExternalStore } from 'react';

const wish = () => globalThis.window?.matchMedia?.('(prefers-reduced-motion: reduce)');

function subscribe(onChange: () => void): () => void {
  const query = wish();
  // Browsers that do not announce the change are asked again with the next render.
  query?.addEventListener?.('change', onChange);
  return () => query?.removeEventListener?.('change', onChange);
}

/** Answers as `useLessMotion` does, once. */
export const prefersLessMotion = () => wish()?.matches === true;

/**
 * Answers whether the user's system asks for less motion. antd does not ask it by itself: whoever shows antd's components
 * gives them a theme with `motion: false` then. A bar that moves also costs a page most of a processor core while a task
 * runs.
 */
export function useLessMotion(): boolean {
  return useSyncExternalStore(subscribe, prefersLessMotion, () => false);
}

/** Anyone who shows antd's components to such a user adds this to their theme. */
export const STILL = { token: { motion: false } };
