import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { chromium } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';

const started: ChildProcess[] = [];

/** Runs one of the README's commands; ended, with all that it started, after the test. */
function run(...args: string[]) {
  const child = spawn('npm', args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return { output: () => output };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

afterEach(async () => {
  for (const child of started.splice(0)) {
    const ended = new Promise((resolve) => child.once('close', resolve));
    if (child.pid && child.exitCode === null) {
      process.kill(-child.pid, 'SIGTERM');
      await ended;
    }
  }
});

it('npm run serve answers with designs to build in', async () => {
  const { output } = run('run', 'serve', '--', '--port', '0');
  await expect.poll(output, { timeout: 30_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
  const designs = await (await fetch(`${url}/designs`)).json();
  expect(designs.features.length).toBeGreaterThan(0);
});

it('npm start opens the host application, with the town loaded', async () => {
  const port = await freePort();
  const { output } = run('start', '--', '--ci', '--port', String(port));
  await expect.poll(output, { timeout: 60_000 }).toContain('Storybook ready');
  const browser = await chromium.launch(chromiumLaunchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/?path=/story/host-application--default`);
    const status = page.frameLocator('#storybook-preview-iframe').locator('.host-status');
    await expect.poll(() => status.textContent(), { timeout: 90_000 }).toContain('4,000');
  } finally {
    await browser.close();
  }
});
