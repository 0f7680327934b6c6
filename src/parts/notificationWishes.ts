// Keeps for which tasks the user wants a notification of the system when they end. All tabs of the application share this.
import { isRecord } from '../contract/index.ts';

const KEY = 'lrt-plugin:notify';
/** Nobody waits longer for a task than this. */
const LONGEST_MS = 7 * 24 * 60 * 60_000;
/** The newest wishes are kept, so many of them. */
const MOST = 100;

/** The time of each wish, by the id of its task: Unix time in milliseconds. */
type Wishes = Record<string, number>;

/** True where the user wants a notification when this task ends. */
export const isNotificationWanted = (taskId: string): boolean => Object.hasOwn(read(), taskId);

/** Notes the wish, or takes it back. Returns false where the browser stores nothing. */
export function wantNotification(taskId: string, isWanted: boolean): boolean {
  const { [taskId]: _, ...others } = read();
  const wishes = isWanted ? { ...others, [taskId]: Date.now() } : others;
  const newest = Object.entries(wishes).sort(([, a], [, b]) => b - a);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(newest.slice(0, MOST))));
    return true;
  } catch {
    return false;
  }
}

/** Calls back when another tab has changed the wishes, until the returned function is called. */
export function onNotificationWishes(changed: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    // Storage that was cleared has no key.
    if (key === KEY || key === null) changed();
  };
  globalThis.addEventListener('storage', listen);
  return () => globalThis.removeEventListener('storage', listen);
}

/** Reads what any version of this code has stored. Wishes that are too old are left out. */
function read(): Wishes {
  let stored: unknown;
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
  if (!isRecord(stored)) return {};
  const since = Date.now() - LONGEST_MS;
  const entries = Object.entries(stored).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > since,
  );
  return Object.fromEntries(entries);
}
