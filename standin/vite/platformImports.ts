import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CLIENT_NAMES } from './clientNames.ts';

const HOOKS = ['renderReactNode', 'useLocale', 'DraggableModal'];
const NAMED_IMPORT =
  /\bimport\s+(?:([\w$]+)\s*,\s*)?\{([^{}]*)\}\s*from\s*(['"])(myworld-client(?:\/react)?)\3\s*;?/gi;

/**
 * Names that the stand-in does not have may be imported all the same, and throw where they are used. And `myw`,
 * which is global on the platform, is imported where a source takes it for granted. Null: nothing to do.
 */
export function rewriteImports(
  code: string,
  file: string,
  client: string,
): { code: string; map: null } | null {
  if (!isSource(file)) return null;
  const missing: string[] = [];
  let rewritten = code.replace(
    NAMED_IMPORT,
    (whole, fallback: string | undefined, list: string, _quote, source: string) => {
      const known = source.toLowerCase().endsWith('/react') ? reactNames(file) : CLIENT_NAMES;
      if (!known) return whole;
      const specifiers = list.split(',').map((each) => each.trim());
      const unknown = specifiers.filter(
        (each) => each !== '' && !known.has(importedName(each)) && !/^type\b/.test(each),
      );
      if (unknown.length === 0) return whole;
      missing.push(...unknown);
      const kept = specifiers.filter((each) => !unknown.includes(each)).join(', ');
      const lines = whole.split('\n').length - 1;
      return `import ${fallback ? `${fallback}, ` : ''}{ ${kept} } from '${source}';${'\n'.repeat(lines)}`;
    },
  );
  const head: string[] = [];
  if (missing.length > 0) {
    head.push(`import { absent as __absent } from ${JSON.stringify(client)};`);
    for (const each of missing) {
      const [name, local = name] = each.split(/\s+as\s+/);
      head.push(`const ${local} = __absent(${JSON.stringify(name)});`);
    }
  }
  if (usesGlobalMyw(code)) head.push(`import myw from 'myWorld-client';`);
  if (head.length === 0) return null;
  // On the first line, so that the others keep their numbers.
  rewritten = `${head.join(' ')} ${rewritten}`;
  return { code: rewritten, map: null };
}

function isSource(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !file.includes('/node_modules/');
}

export function importsPlatform(code: string, file: string): boolean {
  return isSource(file) && /\bfrom\s*['"]myworld-client(?:\/react)?['"]/i.test(code);
}

function importedName(specifier: string): string {
  return specifier.split(/\s+as\s+/)[0] ?? specifier;
}

function usesGlobalMyw(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  if (!/(?<![\w$.'"`/*-])myw\s*\./.test(code)) return false;
  return !/\bimport\s+myw\b|\bas\s+myw\b|\b(?:const|let|var|function|class)\s+myw\b|[({,]\s*myw\s*[,)}=]/.test(
    code,
  );
}

let antdNames: ReadonlySet<string> | undefined;

/** The names that the installed antd exports, and our own. Undefined where antd cannot be read: all is let through. */
function reactNames(file: string): ReadonlySet<string> | undefined {
  if (antdNames) return antdNames;
  try {
    const folder = dirname(createRequire(file).resolve('antd/package.json'));
    const source = readFileSync(join(folder, 'es', 'index.js'), 'utf8');
    const names = [...source.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, list = '']) =>
      list.split(',').map(
        (each) =>
          each
            .trim()
            .split(/\s+as\s+/)
            .at(-1) ?? '',
      ),
    );
    antdNames = new Set([...HOOKS, ...names]);
  } catch {
    return undefined;
  }
  return antdNames;
}
