import { nearest } from './nearest.ts';
import {
  type CommandName,
  defaultOf,
  OPTIONS,
  type Option,
  type OptionName,
  optionsOf,
  variableOf,
} from './options.ts';

const ABOUT = {
  serve: [
    'Answers clients, over HTTP. Without --redis and --database it runs the tasks itself and keeps all in one file;',
    'with both, any number of servers and workers share the work.',
  ],
  worker: ['Runs tasks that servers with the same --redis and --database have queued.'],
  migrate: ['Brings the database up to date. Several at once do no harm.'],
  doctor: [
    'Checks Redis, PostgreSQL, PostGIS, migrations and clocks, and says what to do. Ends with 1 where one fails.',
  ],
} satisfies Record<CommandName, string[]>;

export const OVERVIEW = `Usage: lrt-server [serve] [options]
       lrt-server worker --redis URL --database URL [options]
       lrt-server migrate --database URL
       lrt-server doctor --redis URL --database URL
       lrt-server import --database URL addresses.geojson poles.geojson streets.geojson
       lrt-server export --task ID --format gpkg
       lrt-server init-service NAME

"lrt-server" alone is a server on this machine, ready to use: http://127.0.0.1:8080.
"lrt-server COMMAND --help" lists a command's options; "lrt-server --version" shows the version.
`;

/** Returns the text that --help prints. */
export function helpText(command: CommandName): string {
  const rows = optionsOf(command).map(([name, option]) => ({
    flag: option.value ? `--${name} ${option.value}` : `--${name}`,
    help: `${option.help}${defaultText(name, command)} [${variableOf(name)}]`,
  }));
  const width = Math.max(...rows.map(({ flag }) => flag.length)) + 2;
  return `Usage: lrt-server ${command} [options]

${ABOUT[command].join('\n')}

Options, or in [] the variable of the environment; a flag beats its variable:
${rows.map(({ flag, help }) => `  ${flag.padEnd(width)}${help}`).join('\n')}
  ${'-h, --help'.padEnd(width)}shows this
`;
}

/** Finds variables that look like a misspelling of ours: { LRT_REDIS: 'LRT_REDIS_URL' }. */
export function misspelt(env: NodeJS.ProcessEnv): Map<string, string> {
  const known = Object.keys(OPTIONS).map((name) => variableOf(name as OptionName));
  const doubtful = Object.keys(env).filter((name) => name.startsWith('LRT_') && !known.includes(name));
  return new Map(
    doubtful.flatMap((name) => {
      const near = nearest(name, known);
      return near ? [[name, near] as const] : [];
    }),
  );
}

function defaultText(name: OptionName, command: CommandName): string {
  const option: Option = OPTIONS[name];
  const text = defaultOf(name, command) ?? option.otherwise;
  return text === undefined ? '' : `; default: ${text}`;
}
