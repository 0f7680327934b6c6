/** Saves texts that the page has made as files of the user: a log, or a table of items. */

/**
 * Offers a file to the user. The parts may be many, so that a large file is never one text in memory.
 *
 * @example
 * saveFile('task-1.log', ['one line\n'], 'text/plain');
 */
export function saveFile(name: string, parts: readonly string[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = safeFileName(name);
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // A browser may read the address a moment later, and a document that is gone needs it no more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A task's id is the server's, and may hold what a file's name may not. */
export function safeFileName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_');
  return safe.slice(0, 120) || 'download';
}
