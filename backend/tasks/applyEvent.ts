import { addItems, type TaskEvent, type TaskSnapshot } from '../../src/contract/index.ts';

// The rules by which the events of a task add up to its state.

/**
 * The state after an event that changes it. The caller gives it its number.
 *
 * @example
 * applyEvent(task, { ...head, type: 'cancelled' }).status; // 'cancelled'
 */
export function applyEvent(task: TaskSnapshot, event: TaskEvent): TaskSnapshot {
  switch (event.type) {
    case 'progress':
      return { ...task, progress: event.progress };
    case 'features':
      return event.built ? { ...task, built: event.built } : task;
    case 'items':
      return { ...task, items: addItems(task.items, event.items) };
    case 'succeeded':
      return { ...ended(task, event.at), status: 'succeeded', result: event.result };
    case 'failed':
      return { ...ended(task, event.at), status: 'failed', error: event.error };
    case 'cancelled':
      return { ...ended(task, event.at), ...cancellationOf(event), status: 'cancelled' };
    default:
      return task;
  }
}

/**
 * The fields that say who cancelled a task and when, of a task or of its terminal event. Absent ones stay absent.
 *
 * @example
 * const event = { type: 'cancelled', ...cancellationOf(task) };
 */
export function cancellationOf({
  cancelledBy,
  cancelRequestedAt,
}: Pick<TaskSnapshot, 'cancelledBy' | 'cancelRequestedAt'>): Pick<
  TaskSnapshot,
  'cancelledBy' | 'cancelRequestedAt'
> {
  return {
    ...(cancelledBy !== undefined && { cancelledBy }),
    ...(cancelRequestedAt !== undefined && { cancelRequestedAt }),
  };
}

/** The task as an attempt begins: without items and features. */
export function withoutParts({ items: _, built: __, ...task }: TaskSnapshot): TaskSnapshot {
  return task;
}

function ended({ cancelRequested: _, ...task }: TaskSnapshot, finishedAt: string): TaskSnapshot {
  return { ...task, finishedAt };
}
