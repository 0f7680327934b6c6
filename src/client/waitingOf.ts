import { isRecord, type TaskSnapshot, type TaskWaiting, WAITING_REASONS } from '../contract/index.ts';

/**
 * Reads why a queued task waits, for whoever shows it. It leaves out fields that do not fit, because a client gets tasks of
 * servers that it does not know. Undefined where the server says nothing that this client understands.
 *
 * @example
 * const waiting = waitingOf(await system.getTask(id));
 * if (waiting?.reason === 'worker') console.log(`Place ${waiting.place} in queue ${waiting.queue}`);
 */
export function waitingOf({ status, queue, waiting }: TaskSnapshot): TaskWaiting | undefined {
  // The type says what a server should send, and not what it sends.
  const given: unknown = waiting;
  if (status !== 'queued' || !isRecord(given)) return undefined;
  const reason = WAITING_REASONS.find((known) => known === given.reason);
  if (!reason) return undefined;
  const { place, running, limit, notBefore, heldBy, startsInSeconds } = given;
  const range: unknown[] = Array.isArray(startsInSeconds) ? startsInSeconds : [];
  const [low, high] = range;
  return {
    reason,
    queue,
    ...(isCount(place) && { place }),
    ...(isCount(running) && { running }),
    ...(isCount(limit) && { limit }),
    ...(typeof notBefore === 'string' && !Number.isNaN(Date.parse(notBefore)) && { notBefore }),
    ...(isRecord(heldBy) &&
      typeof heldBy.id === 'string' &&
      typeof heldBy.name === 'string' && { heldBy: { id: heldBy.id, name: heldBy.name } }),
    ...(isCount(low) && isCount(high) && low <= high && { startsInSeconds: [low, high] }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
