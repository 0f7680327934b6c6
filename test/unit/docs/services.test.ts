// Tests what docs/control.md and docs/python-tasks.md show: the service in TypeScript, its client, and the service in Python.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findPython } from '../../../scripts/services/findServices.mjs';
import { runMethod } from '../../docs/controlClient.ts';
import { startService } from '../../docs/service.ts';

test('the service in TypeScript is driven by the client', async () => {
  const { url, close } = await startService(0);
  onTestFinished(close);
  expect(await runMethod(url, 'QuickTask', { name: 'Mara' })).toEqual({ hello: 'Mara' });
  const percents: number[] = [];
  const output = await runMethod(url, 'LongProcess', { steps: 30 }, (percent) => percents.push(percent));
  expect(output).toMatchObject({ protocol: 's3', format: 'json' });
  expect(percents.at(-1)).toBe(100);
  expect(process.listenerCount('SIGTERM')).toBeGreaterThan(0);
  await close();
});

test('the service in Python is shown to the letter, and does what the page says', async () => {
  const page = await readFile('docs/python-tasks.md', 'utf8');
  const code = await readFile('test/docs/python/slopes.py', 'utf8');
  expect(page).toContain(`\`\`\`python\n# test/docs/python/slopes.py\n${code}\`\`\``);
  const python = findPython('fastapi', 'uvicorn');
  if (!python) throw new Error('scripts/leftOut.ts leaves this file out without FastAPI');
  // A port that was free a moment ago.
  const { url, close: free } = await startService(0);
  await free();
  const env = { ...process.env, PORT: new URL(url).port };
  const child = spawn(python, ['test/docs/python/slopes.py'], { stdio: ['ignore', 'ignore', 'pipe'], env });
  onTestFinished(async () => {
    child.kill();
    await once(child, 'exit');
  });
  await vi.waitFor(() => fetch(`${url}/openapi.json`));
  const percents: number[] = [];
  const output = await runMethod(url, 'Slopes', { steps: 15 }, (percent) => percents.push(percent));
  expect(output).toMatchObject({
    type: 'FeatureCollection',
    features: [{ properties: { name: 'Steepest' } }],
  });
  expect(percents.some((percent) => percent > 0 && percent < 100)).toBe(true);
  await expect(runMethod(url, 'Nope', {})).rejects.toThrow('Unknown method: Nope');
});
