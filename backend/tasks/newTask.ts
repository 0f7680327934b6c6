import type { EnqueueRequest, TaskProgress, TaskSnapshot } from '../../src/contract/index.ts';

// The state of a task that no worker has begun, for both engines.

/** The progress of a task that has not begun. */
export const NO_PROGRESS: TaskProgress = { percent: null, step: null, message: '' };

/** A task as it is queued, for the engine that accepts it. */
export function newTask(
  { params, tags, ignored }: EnqueueRequest & { ignored: string[] },
  { name, queue }: { name: string; queue: string },
  owner: string,
  retryOf: string | undefined,
): TaskSnapshot {
  return {
    id: newId(),
    name,
    queue,
    status: 'queued',
    progress: NO_PROGRESS,
    params,
    owner,
    tags: [...(tags ?? [])],
    ...(ignored.length > 0 && { ignoredParams: ignored }),
    ...(retryOf !== undefined && { retryOf }),
    createdAt: new Date().toISOString(),
    attempt: 1,
    seq: 1,
  };
}

/** 128 random bits as text. Not crypto.randomUUID: browsers have that on secure origins only. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
