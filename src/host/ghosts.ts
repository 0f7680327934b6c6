/** An overlay draws a preview under a name that begins so. No server knows a task of such a name. */
const GHOSTS = 'preview ';
let last = 0;

/** Returns a name under which an overlay draws what is not there yet. */
export const nameOfGhosts = (): string => `${GHOSTS}${++last}`;

/** True for what `nameOfGhosts` has named. */
export const isGhosts = (taskId: string): boolean => taskId.startsWith(GHOSTS);
