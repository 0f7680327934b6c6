import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { freePort } from '../../scripts/services/freePort.ts';
import { findServices } from '../../scripts/services.mjs';

const services = findServices().programs !== undefined;

const started: ChildProcess[] = [];

/** Runs one of the README's commands; ended, with all that it started, after the test. */
function run(...args: string[]) {
  const child = spawn('npm', args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return { output: () => output, end: () => end(child) };
}

/** As Ctrl-C does; waits until the last process that writes is gone. */
async function end(child: ChildProcess): Promise<void> {
  started.splice(started.indexOf(child), 1);
  const ended = new Promise((resolve) => child.once('close', resolve));
  if (!child.pid || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

afterEach(async () => {
  for (const child of [...started]) await end(child);
});

it('npm run serve answers with designs to build in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-serve-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { output } = run('run', 'serve', '--', '--port', '0', '--data', join(folder, 'lrt.sqlite'));
  await expect.poll(output, { timeout: 30_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
  const designs = await (await fetch(`${url}/designs`)).json();
  expect(designs.features.length).toBeGreaterThan(0);
});

it.runIf(services)(
  'npm run start:server opens the host application on a server, and ends all it started',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lrt-start-'));
    const { output, end } = run('run', 'start:server', '--', '--data', folder);
    await expect.poll(output, { timeout: 90_000 }).toContain('Ctrl-C stops everything');
    const [page = ''] = /http:\S+server\.html/.exec(output()) ?? [];
    expect(await (await fetch(page)).text()).toContain('lrt-plugin on a server');
    const designs = await (await fetch(new URL('/designs', page))).json();
    expect(designs.features.length).toBeGreaterThan(0);
    await end();
    const left = spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).stdout;
    expect(left).not.toContain(folder);
    await rm(folder, { recursive: true });
  },
);

it('npm start opens the host application, with the town loaded', async () => {
  const port = await freePort();
  const { output } = run('start', '--', '--ci', '--port', String(port));
  await expect.poll(output, { timeout: 60_000 }).toContain('Storybook ready');
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    // Storybook's own window is drawn anew for each picture of what turns while it loads: a small one costs less.
    const page = await browser.newPage({ viewport: { width: 800, height: 600 }, reducedMotion: 'reduce' });
    await page.goto(`http://127.0.0.1:${port}/?path=/story/host-application--default`);
    const status = page.frameLocator('#storybook-preview-iframe').locator('.host-status');
    await expect.poll(() => status.textContent(), { timeout: 90_000 }).toContain('4,000');
  } finally {
    await browser.close();
  }
});
