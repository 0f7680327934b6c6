import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serverConsumer as consumer, serverTarball } from './packed.ts';
import { run } from './run.ts';

const root = join(import.meta.dirname, '../..');
const installed = join(consumer, 'node_modules/lrt-server');
const bin = join(installed, 'bin/lrt-server.mjs');

const TASK = `import { defineTask, TaskRefusal } from 'lrt-server';
import * as z from 'zod';

export default defineTask({
  name: 'count_poles',
  params: z.strictObject({ design: z.string() }),
  async execute({ design }, { network, progress }) {
    const view = await network.view(design);
    const count = await view.table('pole').count();
    if (count === 0) throw new TaskRefusal({ code: 'no-poles', message: 'There are no poles' });
    await progress({ done: count, total: count });
    return { count };
  },
});
`;

describe('the packed server', () => {
  it('is ready with nothing else, and runs a task of a file', async () => {
    await writeFile(join(consumer, 'countPoles.mjs'), TASK);
    const args = ['lrt-server', '--port', '0', '--tasks', 'countPoles.mjs', '--log-level', 'warn'];
    const child = spawn('npx', args, { cwd: consumer, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'exit');
    onTestFinished(async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await ended;
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
    await expect.poll(() => printed, { timeout: 60_000 }).toMatch(/Authorization: .+\n/);
    const [url] = /http:\S+/.exec(printed) ?? [];
    const [token = ''] = /Bearer \S+/.exec(printed) ?? [];
    const headers = { Authorization: token, 'Content-Type': 'application/json' };
    const response = await fetch(`${url}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'count_poles', params: { design: 'design/FTTH' } }),
    });
    const { id } = await response.json();
    expect(await (await fetch(`${url}/${id}/events`, { headers })).text()).toContain('event: succeeded');
    const task = await (await fetch(`${url}/${id}`, { headers })).json();
    expect(task.result).toEqual({ count: 6 });
    // Nothing of Node's own that an operator could not act upon.
    expect(printed).not.toContain('Warning');
  });

  it('writes a service that passes its own test, starts, and answers', async () => {
    await run('npx', ['lrt-server', 'init-service', 'my-service'], consumer);
    const folder = join(consumer, 'my-service');
    // It finds the package in the folder above.
    expect(await run('npm', ['test'], folder)).toMatch(/pass 3\n[\s\S]*fail 0/);
    const env = { ...process.env, PORT: '0' };
    const child = spawn(process.execPath, ['main.ts'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    let printed = '';
    child.stdout.on('data', (text) => (printed += text));
    await expect.poll(() => printed, { timeout: 60_000 }).toMatch(/http:\S+\n/);
    const [url] = /http:\S+/.exec(printed) ?? [];
    const response = await fetch(`${url}/control/execute`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ method: 'QuickTask', workflow_id: 'wf-1', task_id: 't1', parameters: {} }),
    });
    expect(await response.json()).toMatchObject({ status: 'complete', task_id: 't1' });
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(run('npx', ['lrt-server', 'init-service', 'my-service'], consumer)).rejects.toThrow(
      /is not empty/,
    );
    await expect(run('npx', ['lrt-server', 'init-service', '../up'], consumer)).rejects.toThrow(
      /cannot be the name/,
    );
  });

  it.each([
    [['--help'], 'lrt-server worker'],
    [['import', '--help'], 'import'],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('%j', async (args, words) => {
    expect(await run(process.execPath, [bin, ...args], consumer)).toMatch(words);
  });

  it.each([['serve', '--insecure', '--port', '0'], ['worker'], ['doctor']])(
    '%s says where Redis and PostgreSQL are missing',
    async (...args) => {
      const services = ['--redis', 'redis://127.0.0.1:1', '--database', 'postgres://127.0.0.1:1/lrt'];
      const told = run(process.execPath, [bin, ...args, ...services], consumer);
      await expect(told).rejects.toThrow(/Redis: .* ECONNREFUSED[\s\S]*PostgreSQL: .* ECONNREFUSED/);
    },
  );

  it('tells a Node that is too old so in one line', async () => {
    const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.14.0' } });`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, bin];
    await expect(run(process.execPath, args, consumer)).rejects.toThrow(
      /ended with 1:\nlrt-server needs Node 22\.15 or newer; this is 22\.14\.0: https:\/\/nodejs\.org\n$/,
    );
  });

  it('has types for the authors of tasks', async () => {
    await writeFile(join(consumer, 'countPoles.ts'), TASK);
    const config = {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        target: 'ES2022',
        lib: ['ES2024', 'DOM'],
        module: 'NodeNext',
        types: [],
      },
      files: ['countPoles.ts'],
    };
    await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify(config));
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], consumer);
  });

  it('is what is meant to be, and knows nothing of the machine that built it', async () => {
    const entries = await readdir(installed, { withFileTypes: true, recursive: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(installed.length + 1)
          .replaceAll('\\', '/'),
      );
    const meant =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|bin\/lrt-server\.mjs|migrations\/\d{4}_\w+\.sql|sql\/tasks\.sql|dist\/(cli|chunks|library)\/\w+\.(js|js\.map|d\.ts)|templates\/service\/.+)$/;
    expect(files.filter((file) => !meant.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'migrations/0001_network.sql',
        'sql/tasks.sql',
        'dist/chunks/attemptThread.js',
        'dist/library/serviceThread.js',
        'templates/service/_package.json',
        'LICENSE',
      ]),
    );
    const machine = /(?:file:\/\/|(?<![\w.:/@-]))\/(?:home|root|Users|work|tmp|private|builds)\/[\w.-]+/;
    for (const file of files) {
      expect(machine.exec(await readFile(join(installed, file), 'utf8'))?.[0], file).toBe(undefined);
    }
  });

  it('satisfies publint, strictly', async () => {
    const packed = await readFile(serverTarball);
    const tarball = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length);
    const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });
});
