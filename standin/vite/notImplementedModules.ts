import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Paths that the platform resolves, or that lead into another module of it. */
export function isPlatformPath(source: string): boolean {
  return (
    /^(?:modules|images)\//.test(source) ||
    /^main\.[\w-]+$/.test(source) ||
    // Comes with the platform, and is often imported without being used.
    /^(?:jquery|underscore)$/.test(source) ||
    /^myworld-(?!client)[\w-]+/i.test(source) ||
    /^(?:\.\.\/)+[\w-]+\/public\//.test(source)
  );
}

/** 'modules/comms/js/x' is '<folder>/comms/public/js/x', where there is such a file. */
export function moduleFile(source: string, root: string, folders: readonly string[]): string | undefined {
  const [, module, rest] = /^modules\/([\w-]+)\/(.+)$/.exec(source) ?? [];
  if (!module || !rest) return undefined;
  for (const folder of folders) {
    const path = resolve(root, folder, module, 'public', rest);
    for (const end of ['', '.js', '.jsx', '/index.js']) if (existsSync(path + end)) return path + end;
  }
  return undefined;
}

/** The names that a file imports from a source. */
export function namesImported(source: string, importer: string): string[] {
  let code: string;
  try {
    code = readFileSync(importer.replace(/\?.*$/, ''), 'utf8');
  } catch {
    return [];
  }
  const quoted = source.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const clause = new RegExp(
    `import\\s+(?:[\\w$]+\\s*,\\s*)?\\{([^{}]*)\\}\\s*from\\s*['"]${quoted}['"]`,
    'g',
  );
  return [...code.matchAll(clause)]
    .flatMap(([, list = '']) => list.split(','))
    .map((each) => each.trim().split(/\s+as\s+/)[0] ?? '')
    .filter((name) => /^[\w$]+$/.test(name) && name !== 'default');
}

/** As part of a module's id, which becomes part of an address: nothing in it may look like a path. */
export function missingModuleId(source: string, names: readonly string[]): string {
  return Buffer.from([source, ...names].join('\n')).toString('base64url');
}

/** The code of a module that is not there. */
export function missingModule(id: string, client: string): string {
  const [source = '', ...names] = Buffer.from(id, 'base64url').toString().split('\n');
  return [
    `import { absent } from ${JSON.stringify(client)};`,
    `export default absent(${JSON.stringify(source)});`,
    ...names.map((name) => `export const ${name} = absent(${JSON.stringify(`${name} of ${source}`)});`),
  ].join('\n');
}
