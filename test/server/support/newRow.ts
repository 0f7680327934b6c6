import { NO_PROGRESS } from '../../../backend/tasks/newTask.ts';

export interface Given {
  id: string;
  owner?: string;
  key?: string;
  exclusiveKey?: string;
}

/** A row for `TaskRows.insert`. */
export function newRow({ id, owner = 'ann', key, exclusiveKey }: Given) {
  return {
    task: {
      id,
      name: 'poles',
      queue: 'default',
      owner,
      params: {},
      tags: [],
      status: 'queued' as const,
      attempt: 1,
      seq: 1,
      progress: NO_PROGRESS,
      createdAt: new Date().toISOString(),
    },
    priority: 5,
    fingerprint: 'poles {}',
    idempotencyKey: key,
    exclusiveKey,
    traceparent: undefined,
  };
}
