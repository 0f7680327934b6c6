import type { EventReader } from '../../tasks/EventReader.ts';

/**
 * Waits, for a long poll, until the reader has an event to take or is over, for at most so many seconds. Resolves early
 * when the signal is aborted. Rejects with why the events cannot be read. The reader is closed then, and no timer is
 * left.
 *
 * @example
 * await waitForNews(engine.events({ cursors: { [id]: 41 } }, { caller }), 25, request.signal);
 */
export async function waitForNews(events: EventReader, seconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      stop = resolve;
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      timer = setTimeout(stop, seconds * 1000);
      const look = () => {
        try {
          if (events.take() || events.over) stop();
        } catch (error) {
          reject(error);
        }
      };
      events.onReadable = look;
      // The first look comes after opening: the events may be there already, or all of them may have been seen.
      events.open().then((isOpen) => (isOpen ? look() : stop()), reject);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    events.onReadable = undefined;
    events.close();
  }
}
