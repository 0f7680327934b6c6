/**
 * Resolves and rejects as the promise does, and rejects with an error of this message where that takes too long. No timer
 * is left behind.
 *
 * @example
 * await inTime(redis.ping(), 2_000);
 */
export async function inTime<T>(
  promise: Promise<T>,
  milliseconds: number,
  message = `No answer within ${milliseconds / 1_000} s`,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(message)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
