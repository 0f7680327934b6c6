import type { TaskState } from '../client/taskStore.ts';
import type { TaskSnapshot } from '../contract/index.ts';

/** A task that is followed, as a list would show it. The facts that only the server knows are empty. */
export function snapshotOf({
  id,
  name,
  status,
  progress,
  params,
  items,
  error,
  attempt,
}: TaskState): TaskSnapshot {
  return {
    id,
    name: name ?? '',
    queue: '',
    status,
    progress,
    params: params ?? {},
    owner: '',
    tags: [],
    createdAt: '',
    attempt,
    seq: 0,
    ...(items && { items }),
    ...(error && { error }),
  };
}
