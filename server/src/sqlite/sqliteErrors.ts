import { basename } from 'node:path';

/** SQLite's result codes (sqlite.org/rescode.html), as far as they have a remedy of their own. */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

export const MOVE_AWAY = 'restore a copy of it, or move it away and the server makes a new one';

/** Why the file cannot be used, and the fix; for the one who starts the server. */
export function openFailure(file: string, thrown: unknown): Error {
  const reasons: Record<number, string> = {
    [BUSY]: 'is in use by another server: stop that one, or give this one a file of its own',
    [READONLY]: 'cannot be written to: let the user that runs the server write to it and to its folder',
    [IOERR]: `could not be read or written (${describe(thrown)}): check the disk that it is on`,
    [CORRUPT]: `is damaged (${describe(thrown)}): ${MOVE_AWAY}`,
    [FULL]: 'could not be written to, the disk is full: free some space',
    [CANTOPEN]: 'cannot be opened: it must be a file, and in a folder that the server may write to',
    [NOTADB]: 'is not a database of this server: give another file, or move it away',
  };
  const reason = reasons[codeOf(thrown)] ?? `cannot be used: ${describe(thrown)}`;
  return new Error(`${file} ${reason}`, { cause: thrown });
}

/** Why something was not stored. Whoever started a task reads it too, so it says no more than the name of the file. */
export function writeFailure(file: string, thrown: unknown): Error {
  const reasons: Record<number, string> = {
    [READONLY]: 'it cannot be written to any more. Make it writable',
    [FULL]: 'the disk is full. Free some space',
  };
  const reason = reasons[codeOf(thrown)] ?? `${describe(thrown)}. Check the disk that it is on`;
  const message = `Nothing was stored in the server's file ${basename(file)}: ${reason}, then start again`;
  return new Error(message, { cause: thrown });
}

function codeOf(thrown: unknown): number {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return -1;
  // The upper bits say more about the same thing.
  return thrown.errcode & 0xff;
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
