import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Code that others wrote, and that is here as they published it. */
const NOT_OURS = /(^|\/)mockServiceWorker\.js$/;

/**
 * The text of every source file of the repository by its path, for the checks that read them all: files that Git
 * tracks, and new ones that it does not ignore.
 */
export async function sourceFiles(wanted = /\.[cm]?[jt]sx?$/): Promise<Map<string, string>> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    { maxBuffer: 16 * 1024 * 1024 },
  );
  const paths = stdout.split('\0').filter((path) => wanted.test(path) && !NOT_OURS.test(path));
  const read = await Promise.all(
    paths.map((path) =>
      readFile(path, 'utf8').then(
        (text): [string, string][] => [[path, text]],
        // A file that was deleted and is still tracked.
        () => [],
      ),
    ),
  );
  return new Map(read.flat());
}
