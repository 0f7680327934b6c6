/** A service is asked so often for a task in a minute, at most. */
const MOST_A_MINUTE = 20;
const LEAST_MS = 1_000;
/** A task that says no progress is asked for after this time from its tenth second to its second minute. */
const SILENT_MS = 5_000;
/** A timer takes 31 bits of milliseconds. */
const LONGEST_MS = 3_600_000;

/** The client has seen this of a task so far. */
export interface Polled {
  /** Unix time in milliseconds at which the client first asked. */
  startedAt: number;
  /** The times of the last questions, at most 20, in order. */
  asked: readonly number[];
  /** The first percent that was seen, and the last one, with their times; absent where the service says none. */
  first?: { at: number; percent: number };
  last?: { at: number; percent: number };
  /** Longest pause in seconds: of the client's options, or shorter where the service says so. */
  mostSeconds: number;
}

/**
 * The pause in milliseconds before the next question for a task. Where its progress says when it will end, the questions come
 * closer together towards that end: after 0.4 of the time that is left. Else the pauses grow from 1 s to 5 s, and from 100 s on they
 * are a twentieth of the time that the task has run. A pause lasts 1 s at least, and there are 20 questions a minute at most.
 */
export function pollPause(polled: Polled, now: number): number {
  const { startedAt, asked, mostSeconds } = polled;
  const left = remainingMs(polled, now);
  const ran = now - startedAt;
  const wanted = left === undefined ? Math.min(ran / 2, Math.max(SILENT_MS, ran / 20)) : left * 0.4;
  const pause = Math.min(
    Math.max(LEAST_MS, wanted),
    Math.max(LEAST_MS, Math.min(LONGEST_MS, mostSeconds * 1_000)),
  );
  const oldest = asked.length < MOST_A_MINUTE ? undefined : asked.at(-MOST_A_MINUTE);
  return oldest === undefined ? pause : Math.max(pause, oldest + 60_000 - now);
}

function remainingMs({ first, last }: Polled, now: number): number | undefined {
  if (!first || !last || last.percent <= first.percent) return undefined;
  const perMs = (last.percent - first.percent) / (last.at - first.at);
  return Math.max(0, last.at + (100 - last.percent) / perMs - now);
}
