import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Rollup } from 'vite';
import { afterEach, describe, expect, it } from 'vitest';
import { sourceAliases } from '../../../../scripts/entries.mjs';
import * as client from '../../../../standin/platform/index.ts';
import { CLIENT_NAMES } from '../../../../standin/vite/clientNames.ts';
import { standInHost } from '../../../../standin/vite/index.ts';
import { rewriteImports } from '../../../../standin/vite/platformImports.ts';

const CLIENT = 'lrt-plugin/host/myworld-client';
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A project of a plugin's author, with these files. */
function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'stand-in-'));
  folders.push(root);
  symlinkSync(new URL('../../../../node_modules', import.meta.url).pathname, join(root, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** Everything that the build writes, as one text. */
async function built(root: string): Promise<string> {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: sourceAliases },
    plugins: [standInHost()],
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, 'main.js'), formats: ['es'] },
      rollupOptions: { external: [/^react/, /^antd/] },
    },
  });
  const outputs = [output].flat() as Rollup.RollupOutput[];
  return outputs
    .flatMap((each) => each.output)
    .map((each) => (each.type === 'chunk' ? each.code : ''))
    .join('\n');
}

describe('a build with the stand-in host', () => {
  it('takes JSX in .js files, static blocks, and messages by module', { timeout: 60_000 }, async () => {
    const code = await built(
      project({
        'main.js': `
          import myw, { Plugin } from 'myWorld-client';
          import { Button } from 'myWorld-client/react';
          export class Hello extends Plugin {
            static { this.prototype.messageGroup = 'hello'; }
            draw() { return <Button>Drawn by hello</Button>; }
          }
          myw.localisation.loadModuleLocale('hello');`,
        'modules/hello/public/locales/en/hello.msg': '{ "hello": { "title": "A message of hello" } }',
      }),
    );
    expect(code).toContain('Drawn by hello');
    expect(code).not.toContain('<Button>');
    expect(code).toContain('A message of hello');
  });

  it('stops at a message file that is not JSON, naming file, line and fix', { timeout: 60_000 }, async () => {
    const root = project({
      'main.js': `import myw from 'myWorld-client'; myw.localisation.loadModuleLocale('hello');`,
      'modules/hello/public/locales/en/hello.msg': '{ "hello": {\n  "title": "A",\n} }',
    });
    await expect(built(root)).rejects.toThrow(/hello\.msg:3:1: not valid JSON: remove the comma/s);
  });

  it('puts what throws when it is used in the place of what the stand-in has not', {
    timeout: 60_000,
  }, async () => {
    const code = await built(
      project({
        'main.js': `
          import PinRange, { pinsOf } from 'modules/comms/js/api/pinRange';
          import here from 'modules/hello/js/here';
          import 'main.standard';
          import '../../comms/public/js/main.mywcom';
          console.log(PinRange, pinsOf, here);`,
        'hello/public/js/here.js': `export default 'found in the module';`,
      }),
    );
    expect(code).toContain('notImplemented("modules/comms/js/api/pinRange")');
    expect(code).toContain('notImplemented("pinsOf of modules/comms/js/api/pinRange")');
    expect(code).toContain('found in the module');
  });
});

describe('imports of the platform', () => {
  const rewrite = (code: string) => rewriteImports(code, new URL(import.meta.url).pathname, CLIENT)?.code;

  it('stay as they are where the stand-in has the names', () => {
    expect(rewrite(`import myw, { Plugin, PluginButton as B } from 'myWorld-client';`)).toBeUndefined();
    expect(
      rewrite(`import { DraggableModal, Select, useLocale } from 'myWorld-client/react';`),
    ).toBeUndefined();
  });

  it('of an unknown name give one that throws where it is used; lines keep their numbers', () => {
    const code = rewrite(`import myw, {\n  Plugin,\n  Unheard as U\n} from 'myWorld-client';\nuse(U);`);
    expect(code).toContain('const U = __absent("Unheard");');
    expect(code).toContain(`import myw, { Plugin } from 'myWorld-client';`);
    expect(code?.split('\n').indexOf('use(U);')).toBe(4);
    expect(rewrite(`import { NoSuchThing } from 'myWorld-client/react';`)).toContain(
      '__absent("NoSuchThing")',
    );
  });

  it('are added where a source takes myw for granted, as on the platform', () => {
    expect(rewrite('export const app = () => myw.app;')).toContain(`import myw from 'myWorld-client';`);
    expect(rewrite(`import myw from 'myWorld-client'; myw.app;`)).toBeUndefined();
    expect(rewrite('function f(myw) { return myw.app; }')).toBeUndefined();
    expect(rewrite('// myw.app is not used here')).toBeUndefined();
  });

  it('know every name that the stand-in exports', () => {
    expect([...CLIENT_NAMES].sort()).toEqual(Object.keys(client).sort());
  });
});

describe('sources', () => {
  it('outside of the page are left alone', () => {
    expect(rewriteImports('myw.app', '/a/node_modules/b/index.js', CLIENT)).toBeNull();
    expect(rewriteImports('myw.app', '/a/style.css', CLIENT)).toBeNull();
  });
});
