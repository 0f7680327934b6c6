import {
  type EnqueueRequest,
  isTerminal,
  type TaskProgress,
  type TaskSnapshot,
} from '../../src/contract/index.ts';

/** Further than any client can have counted since the last record was written. */
const SEQ_JUMP = 1_000_000;

export const NO_PROGRESS: TaskProgress = { percent: null, step: null, message: '' };

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

/** A task of an earlier process: as it was if it had ended, else queued again. */
export function restoredTask(task: TaskSnapshot): TaskSnapshot {
  if (isTerminal(task.status)) return task;
  const attempt = task.status === 'running' ? task.attempt + 1 : task.attempt;
  const { items: _, ...rest } = task;
  return { ...rest, status: 'queued', attempt, progress: NO_PROGRESS, seq: task.seq + SEQ_JUMP };
}

/** 128 random bits. Not crypto.randomUUID: browsers have that on secure origins only. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
