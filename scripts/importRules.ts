import { isBuiltin } from 'node:module';
import { entries } from './entries.mjs';
import { type Import, importsOf, type Target, targetOf } from './importsOf.ts';
import type { Room } from './rooms.ts';

/** An import that the table of rooms does not allow, or a file that it does not know. */
export interface Violation {
  file: string;
  line: number;
  /** Says what is wrong, by which rule, and the fix. */
  message: string;
}

/** The project's own entries by the names under which its users import them. */
export const ALIASES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(entries).map(([name, file]) => [`lrt-plugin${name.slice(1)}`, file])),
  'lrt-server': 'server/src/index.ts',
  'lrt-server/service': 'server/src/service/index.ts',
};

/** The imports of each file, by its path from the root of the repository. */
export type Imports = ReadonlyMap<string, readonly Import[]>;

/** Reads the imports of files, given their texts by their paths from the root of the repository. */
export function readImports(files: ReadonlyMap<string, string>): Imports {
  return new Map([...files].map(([file, text]) => [file, importsOf(file, text)]));
}

/** Files that load a module of the user's choice, so that nobody can know its path. */
const LOADS_OF_THE_USER = [
  'src/locales/check/findPacks.ts',
  'server/src/definitions/loadDefinitions.ts',
  'server/bin/lrt-server.mjs',
  'server/src/service/serviceThread.ts',
];

/** The room of a file: the longest entry of the table that holds it. A '*' is filled in with the folder's name. */
export function roomOf(file: string, rooms: readonly Room[]): { room: Room; name: string } | undefined {
  let found: { room: Room; name: string } | undefined;
  for (const room of rooms) {
    const name = nameFor(file, room.room);
    if (name !== undefined && (!found || name.length > found.name.length)) found = { room, name };
  }
  return (
    found ??
    rooms.flatMap((room) => (room.room === '.' && !file.includes('/') ? [{ room, name: '.' }] : []))[0]
  );
}

function nameFor(file: string, pattern: string): string | undefined {
  if (file === pattern) return pattern;
  if (!pattern.endsWith('/*')) return file.startsWith(`${pattern}/`) ? pattern : undefined;
  const parent = pattern.slice(0, -1);
  const folder = file.slice(parent.length).split('/');
  return file.startsWith(parent) && folder.length > 1 ? `${parent}${folder[0]}` : undefined;
}

function allows(patterns: readonly string[], name: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === name ||
      (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1))),
  );
}

/**
 * Checks every import against the table of rooms.
 *
 * @example checkImports(readImports(new Map([['src/client/a.ts', "import 'react'"]])), ROOMS) // one violation, of 'react'
 */
export function checkImports(imports: Imports, rooms: readonly Room[]): Violation[] {
  const violations: Violation[] = [];
  for (const [file, found] of imports) {
    const from = roomOf(file, rooms);
    if (!from) {
      violations.push({ file, line: 1, message: 'is in no room: add its folder to scripts/rooms.ts' });
      continue;
    }
    for (const { specifier, form, line } of found) {
      const problem =
        specifier === null
          ? computed(file, from.room)
          : problemOf(from, targetOf(file, specifier, ALIASES), specifier, rooms);
      if (problem) violations.push({ file, line, message: `${form}: ${problem}` });
    }
  }
  return violations;
}

function problemOf(
  from: { room: Room; name: string },
  target: Target,
  specifier: string,
  rooms: readonly Room[],
): string | undefined {
  if ('package' in target) {
    const { packages } = from.room;
    const isNode = target.package.startsWith('node:') || isBuiltin(target.package);
    if (allows(packages, target.package) || (isNode && packages.includes('node:*'))) return undefined;
    return `${from.name} may not import the package '${target.package}'; it may import ${listOf(packages)}`;
  }
  const to = roomOf(target.file, rooms);
  if (!to) return `'${specifier}' is in no room: add its folder to scripts/rooms.ts`;
  if (to.name === from.name || allows(from.room.imports, to.name)) return undefined;
  return `${from.name} may not import ${to.name} ('${specifier}'); it may import ${listOf(from.room.imports)}`;
}

function computed(file: string, room: Room): string | undefined {
  if (LOADS_OF_THE_USER.includes(file) || allows(room.packages, '*')) return undefined;
  return 'the path is computed, so that no rule can be checked: write it out';
}

function listOf(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}

/**
 * The circles of files, types included: each as a walk that ends where it began. A circle means that none of its files
 * can be read, moved or tested without the others.
 *
 * @example findCircles(readImports(files)) // [['src/a.ts', 'src/b.ts', 'src/a.ts']]
 */
export function findCircles(imports: Imports): string[][] {
  const edges = new Map<string, string[]>();
  for (const [file, found] of imports) {
    const targets = found.flatMap(({ specifier }) => {
      const target = specifier === null ? undefined : targetOf(file, specifier, ALIASES);
      return target && 'file' in target && imports.has(target.file) ? [target.file] : [];
    });
    edges.set(file, [...new Set(targets)]);
  }
  const circles: string[][] = [];
  const inCircle = new Set<string>();
  for (const file of edges.keys()) {
    if (inCircle.has(file)) continue;
    const circle = shortestWalkBack(file, edges);
    if (!circle) continue;
    circles.push(circle);
    for (const member of circle) inCircle.add(member);
  }
  return circles;
}

/** Breadth first, so that of several circles through the file the shortest is named. */
function shortestWalkBack(start: string, edges: ReadonlyMap<string, string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  let next = [start];
  while (next.length > 0) {
    const reached: string[] = [];
    for (const file of next) {
      for (const target of edges.get(file) ?? []) {
        if (target === start) {
          const walk = [start];
          for (let at = file; at !== start; at = cameFrom.get(at) ?? start) walk.unshift(at);
          return [start, ...walk];
        }
        if (cameFrom.has(target)) continue;
        cameFrom.set(target, file);
        reached.push(target);
      }
    }
    next = reached;
  }
  return undefined;
}
