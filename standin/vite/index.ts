import type { Plugin, ViteDevServer } from 'vite';
import { jsxInJs } from './jsxInJs.ts';
import { findMessageFiles, localesModule, parseMessageFile } from './messageFiles.ts';
import {
  isPlatformPath,
  missingModule,
  missingModuleId,
  moduleFile,
  namesImported,
} from './notImplementedModules.ts';
import { importsPlatform, rewriteImports } from './platformImports.ts';

export interface StandInHostOptions {
  /**
   * Folders with modules of the platform ('<folder>/<module>/public/js', '.../public/locales'), relative to Vite's
   * root. Default: the root, with all that is below it.
   */
  modules?: string | string[];
}

// Vite reloads the page under the tests when it finds one of these while they run.
const PREBUNDLED = [
  'antd',
  ...['ar_EG', 'de_DE', 'es_ES', 'fr_FR', 'ja_JP'].map((locale) => `antd/locale/${locale}.js`),
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
];

const CLIENT = 'lrt-plugin/host/myworld-client';
const REACT = `${CLIENT}/react`;
const CLIENT_ID = '\0stand-in-host:client';
const MISSING_PREFIX = '\0stand-in-host:absent:';

/**
 * Runs plugins of the platform in the stand-in host, unmodified. It puts the stand-in in the place of `myWorld-client` and
 * `myWorld-client/react`, takes JSX in `.js` files, and finds the `.msg` files for `loadModuleLocale`. It serves Vite's
 * server and build, Vitest and Storybook.
 *
 * @example export default defineConfig({ plugins: [standInHost({ modules: 'modules' }), react()] });
 */
export function standInHost({ modules = '.' }: StandInHostOptions = {}): Plugin[] {
  let root = process.cwd();
  let isBuild = false;
  let server: ViteDevServer | undefined;
  const folders = [modules].flat();
  const warned = new Set<string>();

  return [
    {
      name: 'stand-in-host',
      enforce: 'pre',
      config() {
        return {
          optimizeDeps: {
            // One copy of the host in the page.
            exclude: ['lrt-plugin'],
            include: PREBUNDLED,
          },
          resolve: { dedupe: ['react', 'react-dom', 'antd'] },
          // In Node, too, its `myWorld-client` is ours.
          ssr: { noExternal: ['lrt-plugin'] },
        };
      },
      configureServer(started) {
        server = started;
      },
      configResolved(config) {
        root = config.root;
        isBuild = config.command === 'build';
      },
      async resolveId(source, importer, options) {
        if (/^myworld-client$/i.test(source)) return CLIENT_ID;
        if (/^myworld-client\/react$/i.test(source)) {
          return this.resolve(REACT, importer, { ...options, skipSelf: true });
        }
        if (!importer || importer.startsWith('\0') || importer.includes('/node_modules/')) return null;
        if (!isPlatformPath(source)) return null;
        const inModule = moduleFile(source, root, folders);
        const found = await this.resolve(inModule ?? source, importer, { ...options, skipSelf: true });
        if (found) return found;
        if (!warned.has(source))
          this.warn(
            `'${source}' (imported by ${importer}) comes with the platform and is not here: using it throws`,
          );
        warned.add(source);
        return MISSING_PREFIX + missingModuleId(source, namesImported(source, importer));
      },
      load(id) {
        if (id === CLIENT_ID) return clientModule(findMessageFiles(root, folders));
        if (id.startsWith(MISSING_PREFIX)) return missingModule(id.slice(MISSING_PREFIX.length), CLIENT);
        return null;
      },
      transform(code, id) {
        const file = id.replace(/\?.*$/, '');
        if (/\.msg$/.test(file) && !/[?&](raw|url)\b/.test(id)) {
          const parsed = parseMessageFile(code, file);
          if ('problem' in parsed) {
            // A build must not ship it; while developing, the rest of the application goes on.
            if (isBuild) this.error({ message: parsed.problem, id, loc: { file, ...parsed.at } });
            this.warn(parsed.problem);
            showInOverlay(parsed.problem, file, parsed.at);
            return { code: `throw new Error(${JSON.stringify(parsed.problem)});`, map: null };
          }
          return { code: `export default ${JSON.stringify(parsed.messages)};`, map: null };
        }
        const rewritten = rewriteImports(code, file, CLIENT);
        // Main files are imported for what they do, whatever the package says of its side effects.
        return importsPlatform(code, file) ? { ...rewritten, moduleSideEffects: true } : rewritten;
      },
      handleHotUpdate({ file, server: its }) {
        if (file.endsWith('.msg')) its.ws.send({ type: 'full-reload' });
      },
    },
    jsxInJs(),
  ];

  function showInOverlay(message: string, file: string, at: { line: number; column: number }): void {
    // A test says it itself.
    if (process.env.VITEST) return;
    const err = { message, stack: '', id: file, loc: { file, ...at }, plugin: 'stand-in-host' };
    server?.ws.send({ type: 'error', err });
  }

  /** The client, and where the message files are. */
  function clientModule(files: ReturnType<typeof findMessageFiles>): string {
    return [
      `import { provideModuleLocales } from ${JSON.stringify(CLIENT)};`,
      localesModule(files),
      `export * from ${JSON.stringify(CLIENT)};`,
      `export { default } from ${JSON.stringify(CLIENT)};`,
    ].join('\n');
  }
}
