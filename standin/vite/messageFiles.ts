import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jsonProblemOffset } from './jsonProblem.ts';

/** '<module>/public/locales/<language>/<module>.msg'. */
export interface FoundMessages {
  module: string;
  language: string;
  file: string;
}

const NOT_SEARCHED = new Set(['node_modules', 'dist', 'build', 'coverage']);

/** The message files below the folders. A module's file may also be called otherwise: `comms.config.msg`. */
export function findMessageFiles(root: string, folders: readonly string[]): FoundMessages[] {
  return folders.flatMap((folder) => search(resolve(root, folder)));
}

function search(folder: string): FoundMessages[] {
  return entriesOf(folder).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('.') || NOT_SEARCHED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.name === 'locales' ? messagesIn(path) : search(path);
  });
}

function messagesIn(locales: string): FoundMessages[] {
  return entriesOf(locales)
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: language }) =>
      entriesOf(join(locales, language))
        .filter(({ name }) => name.endsWith('.msg'))
        .map(({ name }) => ({
          module: name.slice(0, -'.msg'.length),
          language,
          file: join(locales, language, name).replaceAll('\\', '/'),
        })),
    );
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not there, or not ours to read: nothing to find.
    return [];
  }
}

/** Code that says where the files are; each is loaded once it is asked for. */
export function localesModule(files: readonly FoundMessages[]): string {
  const modules = new Map<string, FoundMessages[]>();
  for (const found of files) modules.set(found.module, [...(modules.get(found.module) ?? []), found]);
  const entries = [...modules].map(([module, found]) => {
    const languages = found.map(
      ({ language, file }) => `${JSON.stringify(language)}: () => import(${JSON.stringify(file)})`,
    );
    return `${JSON.stringify(module)}: { ${languages.join(', ')} }`;
  });
  return `provideModuleLocales({ ${entries.join(', ')} });`;
}

interface Problem {
  problem: string;
  at: { line: number; column: number };
}

/** The messages of a file, or what is wrong with it, where, and what to do. */
export function parseMessageFile(code: string, file: string): { messages: object } | Problem {
  const text = code.replace(/^\uFEFF/, '');
  try {
    const messages: unknown = JSON.parse(text);
    if (typeof messages === 'object' && messages !== null && !Array.isArray(messages)) return { messages };
    const shape = '{ "GROUP": { "key": "text" } }';
    return {
      problem: `${file}:1: must be an object of message groups: ${shape}`,
      at: { line: 1, column: 0 },
    };
  } catch {
    const offset = jsonProblemOffset(text);
    const at = positionOf(offset, text);
    return { problem: `${file}:${at.line}:${at.column + 1}: not valid JSON: ${adviceFor(text, offset)}`, at };
  }
}

function positionOf(offset: number, text: string): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)?.length ?? 0 };
}

function adviceFor(text: string, offset: number): string {
  const next = text.slice(offset).trimStart();
  const last = text.slice(0, offset).trimEnd().at(-1);
  if (last === ',' && /^[}\]]/.test(next)) return 'remove the comma after the last entry';
  if (next.startsWith("'")) return 'put texts in double quotes';
  if (next.startsWith('//') || next.startsWith('/*')) return 'remove the comment: JSON has none';
  if (next.startsWith('"')) return 'a comma is missing before this entry';
  if (next === '') return 'the file ends too early: close its quotes and braces';
  return 'write { "GROUP": { "key": "text" } }, with double quotes and a comma between entries';
}
