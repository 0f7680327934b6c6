import { setTimeout as delay } from 'node:timers/promises';

/** Waits until it holds; what it resolves with is given back. Rejects with `what` was waited for after `seconds`. */
export async function until<T>(
  what: string,
  holds: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 60,
): Promise<T> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const value = await holds();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}`);
    await delay(10);
  }
}
