/** The watchdog looks at the clock this often at least. */
const LONGEST_TICK_MS = 5_000;
/** A page in the background may get its timers once a minute. Timers that did not run for longer mean that the machine slept. */
const SLEPT_MS = 120_000;

/**
 * Watches a WebSocket for silence until the signal is aborted, for a client that cannot see its pings. It compares clocks
 * often: a timer alone would stop while the machine sleeps.
 */
export function watchSilence(
  signal: AbortSignal,
  { quietMs, onTick, onSlept }: { quietMs: number; onTick(now: number): void; onSlept(): void },
): void {
  let tickedAt = Date.now();
  const timer = setInterval(
    () => {
      const now = Date.now();
      const sleptMs = Math.abs(now - tickedAt);
      tickedAt = now;
      if (sleptMs > SLEPT_MS) onSlept();
      else onTick(now);
    },
    Math.min(quietMs / 10, LONGEST_TICK_MS),
  );
  signal.addEventListener('abort', () => clearInterval(timer));
}
