/**
 * Gives the pauses between the connections of an event stream, and of a client of the Reflex protocol.
 *
 * The first retry comes within 100 ms. The next ones come after 1 s, doubling to 30 s, less up to half at random. A
 * connection that brought something new (or anything over half a second), or that lived for a minute, starts over. Where
 * each connection brings something new and is closed within half a second, the pauses of up to 100 ms grow to 1 s. No retry
 * comes before the server allows it (`floorMs`), and it comes up to half of that later, so that not all clients come at once.
 *
 * Each call gives the pause in milliseconds, and counts the retries in a row, from 1.
 */
export function retryPauses(): (
  startedAt: number,
  broughtAnything: boolean,
  broughtNews: boolean,
  floorMs: number,
) => [pauseMs: number, attempt: number] {
  /** Counts how often the pause of 1 s was doubled. Below 0 the next retry is a quick one. */
  let doublings = -1;
  /** Counts the connections in a row that brought something new and were closed within half a second. */
  let hasty = 0;
  return (startedAt, broughtAnything, broughtNews, floorMs) => {
    const lived = Date.now() - startedAt;
    const isShort = lived < 500;
    if (lived >= 60_000 || (broughtAnything && (broughtNews || !isShort))) {
      doublings = -1;
      hasty = isShort ? hasty + 1 : 0;
    }
    const pause =
      doublings < 0
        ? Math.min(1000, 80 * 2 ** Math.max(0, hasty - 8))
        : Math.min(30_000, 1000 * 2 ** doublings);
    const spread = Math.random() / 2;
    return [Math.max(floorMs * (1 + spread), pause * (1 - spread)), ++doublings + 1];
  };
}
