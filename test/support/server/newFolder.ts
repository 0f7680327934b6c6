// Makes folders for the files of tests' servers.
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's disk in memory. */
const MEMORY = '/dev/shm';

/**
 * A new folder, on a disk in memory where there is one. A SQLite file waits for its disk at each commit, which no test
 * here asserts: a process that is killed leaves the same file on either.
 *
 * @example
 * const { path, remove } = newFolder();
 * onTestFinished(remove);
 */
export function newFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), 'lrt-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function hasMemory(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
