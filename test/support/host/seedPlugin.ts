import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const SEED = new URL('../../../../shared/seeds/long-running-tasks-deep-dive.md', import.meta.url);
const ENTRY = 'virtual:seed-plugin';
const FOLDER = resolve(import.meta.dirname, '../../seed/devrel_samples/public/js/Samples/LRT');
const IMAGE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg"/>')}`;

/**
 * Gives browser tests the plugin of the deep dive in ../shared/seeds, cut out of the page and otherwise unchanged:
 * `virtual:seed-plugin` exports its `LrtPlugin`, or undefined where the page is not there. The page has no image for
 * the button, so that this plugin adds an empty one.
 */
export function seedPlugin(): Plugin {
  return {
    name: 'seed-plugin',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === ENTRY) return `\0${ENTRY}`;
      if (source.startsWith(FOLDER)) return source;
      if (!importer?.startsWith(FOLDER)) return null;
      if (source.endsWith('.svg')) return `\0${ENTRY}-image`;
      return source === './lrt_modal' ? `${FOLDER}/lrt_modal.js` : null;
    },
    load(id) {
      if (id === `\0${ENTRY}-image`) return `export default ${JSON.stringify(IMAGE)};`;
      if (id.startsWith(FOLDER))
        return cut(readFileSync(SEED, 'utf8').replaceAll('\r\n', '\n'), id.slice(FOLDER.length + 1));
      if (id !== `\0${ENTRY}`) return null;
      return existsSync(SEED)
        ? `export { LrtPlugin } from ${JSON.stringify(`${FOLDER}/lrt_plugin.js`)};`
        : 'export const LrtPlugin = undefined;';
    },
  };
}

/** The code blocks of the page's section about a file, one after the other. */
function cut(page: string, file: string): string {
  // The page escapes the underscore in some of its headings.
  const isWanted = (section: string) => section.split('\n', 1)[0]?.replace('\\_', '_') === `### ${file}`;
  const section = page.split(/\n(?=### )/).find(isWanted);
  if (!section) throw new Error(`${SEED.pathname} has no section '### ${file}'`);
  return [...section.matchAll(/^```.*\n([\s\S]*?)^```/gm)].map(([, code]) => code).join('');
}
