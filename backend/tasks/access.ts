import type { TaskDefinition } from './defineTask.ts';
import type { Caller } from './TaskEngine.ts';
import { refusals } from './taskErrors.ts';

// The rules about who may see and start which tasks, for both engines.

type Guarded = Pick<TaskDefinition, 'name' | 'permission'>;

/** True if the caller may start tasks of this definition. */
export function mayStart({ permission }: Pick<Guarded, 'permission'>, caller: Caller): boolean {
  return (
    permission === undefined || caller.admin === true || caller.permissions?.includes(permission) === true
  );
}

/** Throws 'forbidden' where the definition asks for a permission that the caller lacks. */
export function refuseForbidden(definition: Guarded, caller: Caller): void {
  const { name, permission } = definition;
  if (permission !== undefined && !mayStart(definition, caller)) throw refusals.forbidden(name, permission);
}

/** Throws 'forbidden' unless the caller is an administrator. */
export function refuseUnlessAdmin(caller: Caller): void {
  if (caller.admin !== true) throw refusals.adminOnly();
}

/** True if the caller may see the task: its owner may, and an admin sees all. */
export function isVisible({ owner }: { owner: string }, caller: Caller): boolean {
  return caller.admin === true || owner === caller.owner;
}
