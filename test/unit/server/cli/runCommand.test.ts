import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../../../../server/src/cli/runCommand.ts';

// A command's modules are loaded with it.
vi.setConfig({ testTimeout: 30_000 });

let printed: string;
let written: string[];

beforeEach(() => {
  printed = '';
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((text) => {
    written.push(text);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('help', () => {
  test.each([
    [['--help'], 'lrt-server worker --redis URL --database URL'],
    [['serve', '--help'], '--jwt-audience TEXT'],
    [['worker', '-h'], '[LRT_REDIS_URL]'],
    [['migrate', '--help'], '--database URL'],
    [['doctor', '--help'], 'Ends with 1 where one fails'],
  ])('%j', async (args, words) => {
    expect(await runCommand(args, {})).toBe(0);
    expect(printed).toContain(words);
  });

  test('--version is that of the package', async () => {
    expect(await runCommand(['--version'], {})).toBe(0);
    expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test.each([
  [['sevre'], /^lrt-server: There is no command "sevre"; did you mean serve\?$/],
  [['frobnicate'], /^lrt-server: There is no command "frobnicate"; there are serve, worker/],
  [['--prot', '80'], /^lrt-server: serve has no option --prot; did you mean --port\?$/],
  [['worker'], /worker needs --redis \(LRT_REDIS_URL\) and --database \(LRT_DATABASE_URL\)/],
  [['migrate'], /migrate needs --database \(LRT_DATABASE_URL\)/],
  [['doctor'], /doctor needs --redis \(LRT_REDIS_URL\), --database/],
])('%j is refused in one line, with 2', async (args, words) => {
  expect(await runCommand(args, {})).toBe(2);
  expect(written).toEqual([expect.stringMatching(words)]);
  expect(written[0]).not.toContain('\n');
});

test('a variable that looks like a misspelt one of ours is pointed out, others are not', async () => {
  await runCommand(['migrate'], { LRT_DATABSE_URL: 'x', LRT_SERVER_PORT: 'tcp://10.0.0.1', LRT_QUEUES: 'a' });
  expect(written).toEqual([
    'lrt-server: LRT_DATABSE_URL is no variable of mine and does nothing; did you mean LRT_DATABASE_URL?',
    expect.stringContaining('migrate needs'),
  ]);
});
