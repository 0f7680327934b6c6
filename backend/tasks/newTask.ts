import {
  type EnqueueRequest,
  isTerminal,
  type TaskProgress,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import { canonicalJson } from '../common/json.ts';
import { invalidParams } from './validateParams.ts';

/** Further than any client can have counted since the last record was written. */
const SEQ_JUMP = 1_000_000;

export const NO_PROGRESS: TaskProgress = { percent: null, step: null, message: '' };

/** A copy of the params that the caller cannot change any more. Refuses what is not a JSON object. */
export function copyParams(
  definition: { name: string },
  params: unknown,
): { params: Record<string, unknown>; fingerprint: string } {
  const refused = (message: string) =>
    invalidParams(definition.name, [
      { parameter: 'params', code: 'wrong-type', message, expected: 'an object' },
    ]);
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw refused('"params" must be a JSON object of parameters by name');
  }
  try {
    const fingerprint = canonicalJson([definition.name, params]);
    return { params: JSON.parse(JSON.stringify(params)), fingerprint };
  } catch (error) {
    throw refused(`"params" must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function newTask(
  { params, tags }: EnqueueRequest,
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
  return { ...task, status: 'queued', attempt, progress: NO_PROGRESS, seq: task.seq + SEQ_JUMP };
}

/** 128 random bits. Not crypto.randomUUID: browsers have that on secure origins only. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
