import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files that say the same in several languages. */
export interface PackSet {
  /** The group, for message files that have groups: `{ "GROUP": { "key": "text" } }`. */
  group?: string;
  /** By language tag; what the files hold, unchecked. */
  packs: Record<string, unknown>;
  /** Where each pack is from, by language tag. */
  files: Record<string, string>;
}

/** A file that could not be read as a pack. */
export interface UnreadablePack {
  file: string;
  problem: string;
  fix: string;
}

export interface FoundPacks {
  sets: PackSet[];
  unreadable: UnreadablePack[];
}

const CODE = ['.ts', '.js', '.mjs'];
const DATA = ['.json', '.msg'];
const TAG = /^[a-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Z]{2}|\d{3}))?$/;
const NO_PACK = 'exports no pack';
const PASSED_BY = /^(node_modules|dist|storybook-static|\..*)$/;

/**
 * The packs among files and folders: files named after their language beside an English one (`en.ts`, `de.ts`, or
 * `.js`, `.mjs`, `.json`), message files in folders named so (`en/app.msg`, `de/app.msg`), and every file that is
 * given itself (`pt.js`), which may have no English beside it.
 */
export async function findPacks(paths: readonly string[]): Promise<FoundPacks> {
  const sets = new Map<string, PackSet>();
  const unreadable: UnreadablePack[] = [];
  for (const path of paths) {
    if (!existsSync(path)) {
      unreadable.push({ file: path, problem: 'does not exist', fix: 'give files or folders that do' });
      continue;
    }
    const given = statSync(path).isFile();
    for (const file of given ? [path] : filesIn(path)) {
      const place = placeOf(file, given);
      if (!place) {
        if (given) {
          const fix = 'name it, or the folder it is in, after its language: de.ts, de/app.msg';
          unreadable.push({ file, problem: 'has no language in its path', fix });
        }
        continue;
      }
      try {
        for (const { group, pack } of await read(file, place.tag)) {
          const name = JSON.stringify([place.set, group]);
          const set = sets.get(name) ?? { ...(group !== undefined && { group }), packs: {}, files: {} };
          sets.set(name, set);
          set.packs[place.tag] = pack;
          set.files[place.tag] = file;
        }
      } catch (error) {
        unreadable.push({ file, ...explained(error) });
      }
    }
  }
  return { sets: [...sets.values()], unreadable };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !PASSED_BY.test(name))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
}

/** Reads from a file's path its language, and the set of files that it belongs to. */
function placeOf(file: string, given: boolean): { tag: string; set: string } | undefined {
  const extension = extname(file);
  const name = basename(file, extension);
  const folder = dirname(file);
  if (![...CODE, ...DATA].includes(extension)) return undefined;
  if (TAG.test(name) && (given || hasEnglish(folder))) return { tag: name, set: folder };
  const parent = basename(folder);
  if (!DATA.includes(extension) || !TAG.test(parent)) return undefined;
  const beside = dirname(folder);
  // 'locales/en/app.json' is a pack, 'src/map/settings.json' is none.
  if (extension !== '.msg' && !existsSync(join(beside, 'en', basename(file)))) return undefined;
  return { tag: parent, set: join(beside, basename(file)) };
}

const hasEnglish = (folder: string) =>
  [...CODE, ...DATA].some((extension) => existsSync(join(folder, `en${extension}`)));

interface Content {
  group?: string;
  pack: unknown;
}

async function read(file: string, tag: string): Promise<Content[]> {
  if (DATA.includes(extname(file))) {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (typeof content !== 'object' || content === null) return [{ pack: content }];
    const entries: [string, unknown][] = Object.entries(content);
    const grouped = entries.some(([, texts]) => typeof texts === 'object');
    return grouped ? entries.map(([group, pack]) => ({ group, pack })) : [{ pack: content }];
  }
  const module: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(resolve(file)).href);
  const exported = Object.values(module);
  const pack = module.messages ?? module.default ?? module[tag] ?? (exported.length === 1 && exported[0]);
  if (typeof pack !== 'object' || pack === null) throw new TypeError(NO_PACK);
  return [{ pack }];
}

function explained(error: unknown): { problem: string; fix: string } {
  const problem = error instanceof Error ? error.message : String(error);
  if (error instanceof SyntaxError) return { problem: `cannot be read: ${problem}`, fix: 'mend it there' };
  if (error instanceof TypeError && problem === NO_PACK) {
    return { problem, fix: "export it: export const messages = { key: 'text' }" };
  }
  if (problem.includes('.ts')) {
    return { problem, fix: 'TypeScript files need Node 22.18 or newer; or give the built .js files' };
  }
  return { problem: `cannot be loaded: ${problem}`, fix: 'mend it there' };
}
