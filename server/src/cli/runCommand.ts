import { describeFailure } from '../common/describeFailure.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { helpText, misspelt, OVERVIEW } from '../config/help.ts';
import { nearest } from '../config/nearest.ts';
import { COMMANDS, type CommandName } from '../config/options.ts';
import { packageVersion } from '../config/packageFolder.ts';

/**
 * Runs `lrt-server <args>` to its end. It prints errors on standard error, without a stack, and loads each command
 * only when it runs. @returns the exit code: 2 for wrong arguments, 1 for a failure.
 */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const [first = 'serve'] = args;
    if (first === '--help' || first === '-h') return print(OVERVIEW);
    if (first === '--version' || first === '-v') return print(`${packageVersion()}\n`);
    if (first.startsWith('-')) return await run('serve', args, env);
    const rest = args.slice(1);
    if (first === 'init-service') return (await import('./initService.ts')).initServiceCommand(rest);
    if (first === 'import') return await (await import('./import.ts')).importCommand(rest, env);
    if (first === 'export') return await (await import('./exportCommand.ts')).exportCommand(rest, env);
    if (isCommand(first)) return await run(first, rest, env);
    const near = nearest(first, [...COMMANDS, 'import', 'export', 'init-service']);
    const hint = near
      ? `did you mean ${near}?`
      : `there are ${COMMANDS.join(', ')}, import, export and init-service`;
    throw new ConfigError(`There is no command "${first}"; ${hint}`);
  } catch (error) {
    console.error(`lrt-server: ${describeFailure(error)}`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

async function run(command: CommandName, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) return print(helpText(command));
  for (const [variable, meant] of misspelt(env)) {
    console.error(`lrt-server: ${variable} is no variable of mine and does nothing; did you mean ${meant}?`);
  }
  switch (command) {
    case 'serve':
      return (await import('./serveCommand.ts')).serveCommand(args, env);
    case 'worker':
      return (await import('./workerCommand.ts')).workerCommand(args, env);
    case 'migrate':
      return (await import('./migrateCommand.ts')).migrateCommand(args, env);
    case 'doctor':
      return (await import('./doctorCommand.ts')).doctorCommand(args, env);
  }
}

function isCommand(text: string): text is CommandName {
  return COMMANDS.some((command) => command === text);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
