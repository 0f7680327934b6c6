import { posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One import, in any of the forms that a file has to name another. */
export interface Import {
  /** The name as written: './task.ts', 'react'. Null where it is computed and no rule can be checked. */
  specifier: string | null;
  /** The form, for the message: 'import', 'import type', 'export from', 'import()', 'new URL()', ... */
  form: string;
  /** From 1. */
  line: number;
}

/** `new URL('./worker.ts', import.meta.url)` names a module; of './town.json' it names a file of data. */
const MODULE = /\.[cm]?[jt]sx?$/;
/** Calls that load or replace the module that their first argument names. */
const LOADING_CALLS = [
  'require',
  'vi.mock',
  'vi.doMock',
  'vi.importActual',
  'import.meta.resolve',
  'import.meta.glob',
];

/**
 * The imports of a file for the import rules: static and dynamic ones, types included, exports from another file,
 * `require`, URLs of modules, mocks of Vitest, and the types in comments of JavaScript. Throws where it does not parse.
 *
 * @example importsOf('src/a.ts', "import type { Task } from './task.ts'") // [{ specifier: './task.ts', form: 'import type', line: 1 }]
 */
export function importsOf(path: string, text: string): Import[] {
  const lang = /\.[cm]?jsx?$/.test(path) ? 'jsx' : undefined;
  const { program, comments, errors } = parseSync(path, text, lang && { lang });
  if (errors[0]) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const add = (form: string, node: Node | null | undefined, at: Node) => {
    imports.push({ form, specifier: textOf(node), line: lineAt(at.start) });
  };
  new Visitor({
    ImportDeclaration: (node) =>
      add(node.importKind === 'type' ? 'import type' : 'import', node.source, node),
    ExportAllDeclaration: (node) => add('export from', node.source, node),
    ExportNamedDeclaration: (node) => node.source && add('export from', node.source, node),
    ImportExpression: (node) => add('import()', node.source, node),
    TSImportType: (node) => add('type import()', node.source, node),
    TSExternalModuleReference: (node) => add('import = require()', node.expression, node),
    CallExpression: (node) => {
      const callee = text.slice(node.callee.start, node.callee.end);
      if (!LOADING_CALLS.includes(callee)) return;
      const [argument] = node.arguments;
      // Mocks of Vitest may name their module by an `import()` too, which is found as such.
      if (argument?.type !== 'ImportExpression') add(`${callee}()`, argument, node);
    },
    NewExpression: (node) => {
      const [url, base] = node.arguments;
      if (text.slice(node.callee.start, node.callee.end) !== 'URL' || !url || !base) return;
      if (text.slice(base.start, base.end) !== 'import.meta.url') return;
      const name = textOf(url);
      if (name === null || !MODULE.test(name)) return;
      // A URL is relative without './' too.
      const specifier = /^[./]/.test(name) ? name : `./${name}`;
      imports.push({ form: 'new URL()', specifier, line: lineAt(node.start) });
    },
  }).visit(program);
  for (const { value, start } of comments) {
    if (!/\.[cm]?jsx?$/.test(path)) break;
    for (const [, specifier] of value.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      imports.push({ form: 'import() in a comment', specifier: specifier ?? null, line: lineAt(start) });
    }
  }
  return imports;
}

interface Node {
  type: string;
  start: number;
  value?: unknown;
}

/** The text of a string or of a template without expressions. */
function textOf(node: Node | null | undefined): string | null {
  if (!node) return null;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || !('quasis' in node) || !Array.isArray(node.quasis)) return null;
  const [only] = node.quasis;
  return node.quasis.length === 1 && typeof only?.value?.cooked === 'string' ? only.value.cooked : null;
}

/** The target of an import: a path in the repository, or the name of a package ('node:fs', '@scope/name'). */
export type Target = { file: string } | { package: string };

/**
 * Resolves an import to a path in the repository or to a package. `aliases` maps the names under which the project
 * imports its own entries ('lrt-plugin/client') to their files.
 */
export function targetOf(from: string, specifier: string, aliases: Readonly<Record<string, string>>): Target {
  const bare = specifier.replace(/[?#].*$/, '');
  if (/^\.{1,2}($|\/)/.test(bare)) return { file: posix.join(posix.dirname(from), bare) };
  if (bare.startsWith('/')) return { file: bare.slice(1) };
  const own = aliases[bare];
  if (own !== undefined) return { file: own };
  const [first = '', second = ''] = bare.split('/');
  return { package: bare.startsWith('@') ? `${first}/${second}` : first };
}
