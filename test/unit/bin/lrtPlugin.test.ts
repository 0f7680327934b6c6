import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };

// Each test starts a process or two.
vi.setConfig({ testTimeout: 30_000 });

const BIN = resolve('bin/lrt-plugin.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lrt-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], { bin = BIN, cwd = folder } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** All files of a folder, as paths relative to it. */
function filesIn(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
}

describe('lrt-plugin init', () => {
  it('writes the project, under its name, and says what is next', () => {
    expect(run(['init', 'my-plugin'])).toEqual({
      status: 0,
      stdout: 'Wrote my-plugin. Next:\n\n  cd my-plugin\n  npm install\n  npm test\n  npm start\n',
      stderr: '',
    });
    const files = filesIn(join(folder, 'my-plugin'));
    expect(files).toEqual(expect.arrayContaining(['package.json', '.gitignore', 'src/index.ts']));
    for (const file of files) {
      expect(readFileSync(join(folder, 'my-plugin', file), 'utf8'), file).not.toMatch(
        /\{\{(name|lrt-plugin)\}\}/,
      );
    }
    const written = JSON.parse(readFileSync(join(folder, 'my-plugin', 'package.json'), 'utf8'));
    expect(written).toMatchObject({
      name: 'my-plugin',
      dependencies: { 'lrt-plugin': `^${packageJson.version}` },
    });
  });

  it('--host myworld: the plugin imports the platform, where the other imports the stand-in', () => {
    run(['init', 'mine']);
    run(['init', 'theirs', '--host', 'myworld']);
    const host = (name: string) => readFileSync(join(folder, name, 'src', 'host.ts'), 'utf8');
    expect(host('mine')).toContain("from 'lrt-plugin/host'");
    expect(host('theirs')).toContain("from 'myWorld-client/react'");
    expect(filesIn(join(folder, 'theirs'))).toEqual(expect.arrayContaining(filesIn(join(folder, 'mine'))));
  });

  it('writes into an empty folder that is there', () => {
    mkdirSync(join(folder, 'my-plugin'));
    expect(run(['init', 'my-plugin']).status).toBe(0);
    expect(filesIn(join(folder, 'my-plugin'))).toContain('package.json');
  });

  it.each([
    ['file:../cache/lrt-plugin-0.1.0.tgz', () => `file:${join(folder, 'cache', 'lrt-plugin-0.1.0.tgz')}`],
    [
      'git+ssh://git@example.com/us/lrt-plugin.git#1234',
      () => 'git+ssh://git@example.com/us/lrt-plugin.git#1234',
    ],
    ['https://registry.example/lrt-plugin-0.1.0.tgz', () => `^${packageJson.version}`],
  ])('the project has lrt-plugin from where this one was installed: %s', (resolved, expected) => {
    const modules = join(folder, 'app', 'node_modules');
    const installed = join(modules, 'lrt-plugin');
    mkdirSync(installed, { recursive: true });
    for (const part of ['bin', 'templates', 'package.json'])
      cpSync(part, join(installed, part), { recursive: true });
    const lock = { packages: { 'node_modules/lrt-plugin': { resolved } } };
    writeFileSync(join(modules, '.package-lock.json'), JSON.stringify(lock));
    expect(run(['init', 'mine'], { bin: join(installed, 'bin', 'lrt-plugin.mjs') }).status).toBe(0);
    const written = JSON.parse(readFileSync(join(folder, 'mine', 'package.json'), 'utf8'));
    expect(written.dependencies['lrt-plugin']).toBe(expected());
  });
});

describe('bad input is refused in words, and changes nothing', () => {
  it.each([
    [[], 'give a command: npx lrt-plugin init my-plugin'],
    [['create', 'x'], "there is no command 'create': there are init and locales"],
    [['init'], 'init needs a name for the new folder'],
    [['init', 'a', 'b'], "init takes one name, and was also given 'b'"],
    [['init', 'a', '--force'], "unknown option '--force'"],
    [['init', 'a', '--partial'], "init has no option '--partial'"],
    [['locales', '--host', 'myworld'], "locales has no option '--host'"],
    [['init', 'a', '--host', 'qgis'], "there is no host 'qgis': give one of standalone, myworld"],
    [['init', 'a', '--host', 'toString'], "there is no host 'toString'"],
    [['init', 'a', '--host'], "option '--host <value>' argument missing"],
    [['init', ''], "'' cannot be the name of a package"],
    [['init', '.'], "'.' is a path"],
    [['init', '..'], "'..' is a path"],
    [['init', '../out'], "'../out' is a path"],
    [['init', '/tmp/out'], "'/tmp/out' is a path"],
    [['init', 'a\\b'], "'a\\b' is a path"],
    [['init', '@me/plugin'], "'@me/plugin' is a path"],
    [['init', 'My-Plugin'], "'My-Plugin' cannot be the name of a package"],
    [['init', '.hidden'], "'.hidden' cannot be the name of a package"],
    [['init', 'plug in'], "'plug in' cannot be the name of a package"],
    [['init', '"},{'], 'cannot be the name of a package'],
    [['init', 'a'.repeat(215)], 'cannot be the name of a package'],
    [['init', 'react'], "'react' is the name of another package"],
    [['init', 'lrt-plugin'], "'lrt-plugin' is the name of another package"],
    [['init', 'node_modules'], "'node_modules' is the name of another package"],
  ])('%j', (args, message) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^lrt-plugin: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a folder with something in it', () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'notes.txt'), 'mine');
    const { status, stderr } = run(['init', 'taken']);
    expect(status).toBe(1);
    expect(stderr).toContain("the folder 'taken' is not empty");
    expect(filesIn(folder)).toEqual(['taken/notes.txt']);
  });

  it('a file of that name', () => {
    writeFileSync(join(folder, 'taken'), 'mine');
    expect(run(['init', 'taken'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is a file'),
    });
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('mine');
  });
});

it('--help and --version', () => {
  expect(run(['--help'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npx lrt-plugin init <name>'),
  });
  expect(run(['init', '-h']).stdout).toContain('Usage');
  expect(run(['--version'])).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});
