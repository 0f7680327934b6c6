import { type Finding, lintComments, withoutExample } from './commentLint.ts';
import { entries } from './entries.mjs';
import { targetOf } from './importsOf.ts';

/** The rooms whose comments `npm run lint` checks. */
const CHECKED = ['src', 'backend', 'mocks', 'standin', 'server', 'harness', 'bench', 'scripts', 'bin'];

/** Where the published functions are: each entry, and the backend's file for authors of tasks. */
const AUTHORS_FILES = ['backend/tasks/defineTask.ts'];

/** The room of a file for the report: two folders deep, or three in the server. */
export function commentRoomOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return folders.slice(0, folders[0] === 'server' ? 3 : 2).join('/');
}

function isChecked(file: string): boolean {
  return CHECKED.some((room) => file.startsWith(`${room}/`)) && !/\/(dist|samples|public)\//.test(file);
}

/** Checks the comments of every file of the checked rooms, and the examples of every published function. */
export function lintAllComments(files: ReadonlyMap<string, string>): Finding[] {
  const findings = [...files].flatMap(([file, source]) =>
    isChecked(file) ? lintComments(file, source) : [],
  );
  for (const [file, names] of publishedNames(files)) {
    const source = files.get(file);
    if (source !== undefined) findings.push(...withoutExample(file, source, names));
  }
  return findings;
}

/** The names that the published entries export, by the file that declares them. */
function publishedNames(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const add = (file: string, more: string[]) => names.set(file, [...(names.get(file) ?? []), ...more]);
  for (const entry of Object.values(entries)) {
    const source = files.get(entry) ?? '';
    for (const [, list, from] of source.matchAll(/export (?!type)\{([^}]*)\} from '([^']+)'/g)) {
      const target = from === undefined ? undefined : targetOf(entry, from, {});
      if (!target || !('file' in target)) continue;
      const values = (list ?? '').split(',').map((name) => name.trim().split(/\s+as\s+/)[0] ?? '');
      add(
        target.file,
        values.filter((name) => name !== '' && !name.startsWith('type ')),
      );
    }
    add(
      entry,
      [...source.matchAll(/export function (\w+)/g)].map(([, name]) => name ?? ''),
    );
  }
  for (const file of AUTHORS_FILES) {
    add(
      file,
      [...(files.get(file) ?? '').matchAll(/export function (\w+)/g)].map(([, name]) => name ?? ''),
    );
  }
  return names;
}
