import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A script of Redis with its name there. */
export interface Script {
  readonly text: string;
  readonly sha1: string;
}

export function scriptOf(text: string): Script {
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}

/** Runs a script by its name, and sends its text only where Redis does not know it (any more). */
export async function runScript(
  redis: Redis,
  { sha1, text }: Script,
  keyCount: number,
  ...args: (string | number)[]
): Promise<unknown> {
  try {
    return await redis.evalsha(sha1, keyCount, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return redis.eval(text, keyCount, ...args);
  }
}
