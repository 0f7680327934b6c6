import { describe, expect, it } from 'vitest';
import { checkImports, findCircles, readImports, roomOf } from '../../../scripts/importRules.ts';
import { ROOMS } from '../../../scripts/rooms.ts';
import { sourceFiles } from '../../../scripts/sourceFiles.ts';

const imports = readImports(await sourceFiles());

/** The problems of one virtual file. */
function problemsOf(file: string, text: string): string[] {
  return checkImports(readImports(new Map([[file, text]])), ROOMS).map(({ message }) => message);
}

describe('the files of the repository', () => {
  it('import only what the table of rooms allows', () => {
    expect(imports.size).toBeGreaterThan(500);
    expect(checkImports(imports, ROOMS)).toEqual([]);
  });

  it('import each other in no circle, types included', () => {
    expect(findCircles(imports).map((circle) => circle.join(' -> '))).toEqual([]);
  });
});

describe('the table of rooms', () => {
  it('goes from the ground up: no room imports upward, and no two import each other', () => {
    const upward: string[] = [];
    ROOMS.forEach(({ room, imports }, index) => {
      const above = ROOMS.slice(index).map(({ room }) => room);
      for (const name of imports) {
        if (name === '*' || name === room) continue;
        if (
          name.endsWith('/*') &&
          above.some((other) => other.startsWith(name.slice(0, -1)) && other !== room)
        ) {
          // 'src/*' of a room inside src would reach its neighbours above.
          if (room.startsWith(name.slice(0, -1))) upward.push(`${room} -> ${name}`);
        }
        if (above.includes(name)) upward.push(`${room} -> ${name}`);
      }
    });
    expect(upward).toEqual([]);
  });

  it('names only rooms that it has, and that have files', () => {
    const names = ROOMS.map(({ room }) => room);
    expect(new Set(names).size).toBe(names.length);
    const inUse = new Set([...imports.keys()].map((file) => roomOf(file, ROOMS)?.room.room));
    expect(names.filter((name) => !inUse.has(name) && name !== 'dist')).toEqual([]);
    const unknown = ROOMS.flatMap(({ room, imports }) =>
      imports
        .filter((name) => name !== '*' && !names.includes(name))
        .filter((name) => !name.endsWith('/*') || !names.some((other) => other.startsWith(name.slice(0, -1))))
        .map((name) => `${room} -> ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});

// One forbidden import a row: the linter that was here before found one of eleven such.
const forbidden: [what: string, file: string, text: string, named: string][] = [
  ['a room above, statically', 'src/client/x.ts', "import { en } from '../locales/en.ts';", 'src/locales'],
  ['a type of a room above', 'src/client/x.ts', "import type { T } from '../parts/index.ts';", 'src/parts'],
  [
    'a type among values',
    'src/contract/x.ts',
    "import { type T } from '../client/taskStore.ts';",
    'src/client',
  ],
  ['an export from a room above', 'src/parts/x.ts', "export * from '../modal/controller.ts';", 'src/modal'],
  ['an export of a type', 'src/parts/x.ts', "export type { T } from '../plugin/options.ts';", 'src/plugin'],
  ['a dynamic import', 'src/modal/x.ts', "const load = () => import('../plugin/options.ts');", 'src/plugin'],
  ['a dynamic import by template', 'src/modal/x.ts', 'import(`../plugin/options.ts`);', 'src/plugin'],
  ['the type of a dynamic import', 'src/host/x.ts', "type T = import('../parts/index.ts').T;", 'src/parts'],
  [
    'the URL of a module',
    'src/client/x.ts',
    "new Worker(new URL('../parts/x.ts', import.meta.url));",
    'src/parts',
  ],
  ['a side effect', 'src/parts/x.ts', "import '../../mocks/index.ts';", 'mocks'],
  ['a require', 'backend/tasks/x.ts', "const fs = require('fs');", "'fs'"],
  ['an import by require', 'backend/tasks/x.ts', "import fs = require('node:fs');", "'node:fs'"],
  ['Node in the backend', 'backend/http/x.ts', "import { join } from 'node:path';", "'node:path'"],
  ['a part of a package', 'src/client/x.ts', "import { flushSync } from 'react-dom/client';", "'react-dom'"],
  ['React in a map adapter', 'src/maps/openlayers/x.ts', "import { useRef } from 'react';", "'react'"],
  ['antd in the client, as a type', 'src/client/x.ts', "import type { ModalProps } from 'antd';", "'antd'"],
  [
    'the implementation of the host, in a part',
    'src/parts/x.ts',
    "import '../host/Application.ts';",
    'src/host',
  ],
  [
    'a protocol beside',
    'backend/protocols/lrt/x.ts',
    "import '../features/features.ts';",
    'backend/protocols/features',
  ],
  ['a host beside', 'src/hosts/qwc2/x.ts', "import '../myworld/HostView.ts';", 'src/hosts/myworld'],
  [
    'a map library beside',
    'src/maps/maplibre/x.ts',
    "import type { T } from '../openlayers/paint.ts';",
    'src/maps/openlayers',
  ],
  ['the mocks, from the server', 'server/src/http/x.ts', "import '../../../mocks/index.ts';", 'mocks'],
  ['the server, from the mocks', 'mocks/x.ts', "import type { T } from 'lrt-server';", 'server/src'],
  [
    'an entry by its published name',
    'src/client/x.ts',
    "import { Plugin } from 'lrt-plugin/host';",
    'src/host',
  ],
  [
    'the harness, by a long way round',
    'src/parts/x.ts',
    "import '../parts/../../harness/fakeSystem.ts';",
    'harness',
  ],
  ['a mock of a test', 'src/client/x.ts', "vi.mock('../parts/useTask.ts');", 'src/parts'],
  [
    'a type in a comment of JavaScript',
    'src/client/x.js',
    "/** @type {import('../parts/x.ts').T} */ let x;",
    'src/parts',
  ],
  ['a file with a query', 'src/parts/x.ts', "import text from '../../docs/x.md?raw';", 'no room'],
  ['a path that is computed', 'src/parts/x.ts', 'const load = (name: string) => import(name);', 'computed'],
  ['a folder that nobody entered in the table', 'src/newcomers/x.ts', 'export {};', 'in no room'],
];

describe('a forbidden import', () => {
  it.each(forbidden)('is found and named: %s', (_what, file, text, named) => {
    const problems = problemsOf(file, text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(named);
  });

  it('is named with its file, its line, its form, and what may be imported instead', () => {
    const text = "import './y.ts';\n\nimport type { T } from '../parts/index.ts';\n";
    expect(checkImports(readImports(new Map([['src/client/x.ts', text]])), ROOMS)).toEqual([
      {
        file: 'src/client/x.ts',
        line: 3,
        message:
          "import type: src/client may not import src/parts ('../parts/index.ts'); it may import src/contract",
      },
    ]);
  });
});

describe('an allowed import', () => {
  it.each([
    ['of the own room', 'src/client/x.ts', "import './y.ts';"],
    ['of a room below', 'src/parts/x.ts', "import type { T } from '../contract/index.ts';"],
    ['of the one file of a room that others may import', 'src/parts/x.ts', "import '../host/contract.ts';"],
    ['of a part of a package', 'src/maps/openlayers/x.ts', "import Layer from 'ol/layer/Vector.js';"],
    ['of a module of Node without its prefix', 'server/src/http/x.ts', "import 'fs/promises';"],
    [
      'in a text, which is no import',
      'src/client/x.ts',
      "const text = \"import 'react'\"; // import('antd')",
    ],
  ])('is no problem: %s', (_what, file, text) => {
    expect(problemsOf(file, text)).toEqual([]);
  });
});

describe('a circle of files', () => {
  const circlesOf = (files: Record<string, string>) =>
    findCircles(readImports(new Map(Object.entries(files))));

  it.each([
    ['values', "import './b.ts';", "import './a.ts';"],
    ['types', "import type { B } from './b.ts';", "export type { A } from './a.ts';"],
    ['a value and the type of a dynamic import', "import './b.ts';", "type A = import('./a.ts').A;"],
  ])('is found by %s', (_what, a, b) => {
    expect(circlesOf({ 'src/a.ts': a, 'src/b.ts': b })).toEqual([['src/a.ts', 'src/b.ts', 'src/a.ts']]);
  });

  it('is named as the walk that ends where it began, without the files that only lead to it', () => {
    const circles = circlesOf({
      'src/before.ts': "import './a.ts';",
      'src/a.ts': "import './b.ts'; import './after.ts';",
      'src/b.ts': "import './c.ts';",
      'src/c.ts': "import './a.ts';",
      'src/after.ts': '',
    });
    expect(circles).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/a.ts']]);
  });

  it('is found where a file imports itself', () => {
    expect(circlesOf({ 'src/a.ts': "import './a.ts';" })).toEqual([['src/a.ts', 'src/a.ts']]);
  });
});
