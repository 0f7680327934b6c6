/** Saves texts that the page has made as files of the user: a log, or a table of items. */

import { saveBlob } from '../../handover/saveBlob.ts';

/**
 * Offers a file to the user. The parts may be many, so that a large file is never one text in memory.
 *
 * @example
 * saveFile('task-1.log', ['one line\n'], 'text/plain');
 */
export function saveFile(name: string, parts: readonly string[], type: string): void {
  saveBlob(safeFileName(name), new Blob([...parts], { type: `${type};charset=utf-8` }));
}

/** A task's id is the server's, and may hold what a file's name may not. */
export function safeFileName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_');
  return safe.slice(0, 120) || 'download';
}
