import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readImportOptions } from '../../../../server/src/cli/import/importOptions.ts';
import { OptionReader } from '../../../../server/src/config/OptionReader.ts';
import { OPTIONS, variableOf } from '../../../../server/src/config/options.ts';
import { readServeConfig } from '../../../../server/src/config/serveConfig.ts';
import { readWorkerConfig } from '../../../../server/src/config/workerConfig.ts';
import { optionTable } from '../../../support/server/optionTable.ts';

const text = readFileSync('docs/run-a-server.md', 'utf8');
const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code = '']) => ({
  language,
  code,
}));
const lines = blocks.flatMap(({ code }) => code.split('\n'));

/** /etc/lrt-server.env of the page. */
const env: Record<string, string> = Object.fromEntries(
  lines.flatMap((line) => {
    const [, name, value] = /^(LRT_\w+)=(\S+)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  }),
);

describe('docs/run-a-server.md', () => {
  test('has every option, as --help has it', () => {
    expect(text).toContain(`\n${optionTable()}\n`);
  });

  test('has an environment that a server and a worker start with', () => {
    expect(readServeConfig([], env)).toMatchObject({
      engine: { kind: 'distributed' },
      auth: { kind: 'jwt' },
    });
    expect(readWorkerConfig([], env).services.redisUrl).toContain('REDIS_PASSWORD');
    const known = Object.keys(OPTIONS).map((name) => variableOf(name as keyof typeof OPTIONS));
    expect(known).toEqual(expect.arrayContaining(Object.keys(env)));
  });

  const commands = lines.flatMap((line) => {
    const [, args] = /(?:^|^ExecStart=\/usr\/bin\/env |^(?:npx ))lrt-server(?: (.*))?$/.exec(line) ?? [];
    return /lrt-server(?!@|\.)/.test(line) && /^(npx |ExecStart=\S+ )?lrt-server\b/.test(line)
      ? [{ line, args: args?.split(' ') ?? [] }]
      : [];
  });

  test('shows some commands', () => {
    expect(commands.length).toBeGreaterThanOrEqual(8);
  });

  test.each(commands)('$line', ({ line, args }) => {
    const [first = 'serve', ...rest] = args;
    // On the machine of the first section there is no environment.
    const given = line.startsWith('npx ') ? {} : env;
    if (first.startsWith('-')) readServeConfig(args, given);
    else if (first === 'serve') readServeConfig(rest, given);
    else if (first === 'worker') readWorkerConfig(rest, given);
    else if (first === 'import') readImportOptions(rest, given);
    else if (first === 'doctor' || first === 'migrate') new OptionReader(first, rest, given);
    else throw new Error(`there is no command "${first}"`);
  });

  test('names only options that are there', () => {
    const ours = new Set([...Object.keys(OPTIONS), 'help', 'report', 'replace', 'design', 'merge', 'key']);
    // Of other programs: docker, pg_dump, redis-cli, apt, systemctl, curl, journalctl, npm.
    const others = /^(docker|pg_|redis-cli|sudo|curl|ExecStartPost=.*curl|journalctl)/;
    const prose = text
      .split('\n')
      .filter((line) => !others.test(line))
      .join('\n')
      .replaceAll(/`docker [^`]*`/g, '');
    const named = [...prose.matchAll(/(?<![\w-])--([a-z][a-z-]*[a-z])/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !ours.has(name))).toEqual([]);
  });

  test('gives systemd more time than the processes take to drain', () => {
    const units = blocks.filter(({ language }) => language === 'ini').map(({ code }) => code);
    const seconds = units.map((unit) => Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]));
    expect(seconds[0]).toBeGreaterThan(readServeConfig([], env).drainSeconds);
    expect(seconds[1]).toBeGreaterThan(readWorkerConfig([], env).drainSeconds);
  });
});
