const PAUSE_MS = 30_000;
/** The time of the last report is kept for this many different problems. */
const MAX_KNOWN = 200;

type Report = (message: string, error: unknown) => void;

/**
 * Reports the same problem at most once in 30 s, and then how often it came meanwhile. While Redis is away, every
 * connection of a process reports it every second.
 */
export function throttleProblems(report: Report): Report {
  const known = new Map<string, { reportedAt: number; suppressed: number }>();
  return (message, error) => {
    const key = `${message}: ${error instanceof Error ? error.message : ''}`;
    const before = known.get(key);
    const now = performance.now();
    if (before && now - before.reportedAt < PAUSE_MS) {
      before.suppressed += 1;
      return;
    }
    known.delete(key);
    known.set(key, { reportedAt: now, suppressed: 0 });
    for (const oldest of known.keys()) {
      if (known.size <= MAX_KNOWN) break;
      known.delete(oldest);
    }
    report(
      before?.suppressed ? `${message} (and ${before.suppressed} times since it was last reported)` : message,
      error,
    );
  };
}
