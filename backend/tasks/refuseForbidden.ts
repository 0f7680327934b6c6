import type { TaskDefinition } from './defineTask.ts';
import type { Caller } from './TaskEngine.ts';
import { refusals } from './taskErrors.ts';

/** Throws 'forbidden' where the definition asks for a permission that the caller lacks. */
export function refuseForbidden(
  { name, permission }: Pick<TaskDefinition, 'name' | 'permission'>,
  caller: Caller,
): void {
  if (permission === undefined || caller.admin || caller.permissions?.includes(permission)) return;
  throw refusals.forbidden(name, permission);
}
