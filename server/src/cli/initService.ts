import { cp, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config/ConfigError.ts';
import { PACKAGE_FOLDER, packageVersion } from '../config/packageFolder.ts';

const TEMPLATE = fileURLToPath(new URL('templates/service', PACKAGE_FOLDER));
/** npm leaves files of these names out of a package. */
const RENAMED = [
  ['_package.json', 'package.json'],
  ['_gitignore', '.gitignore'],
] as const;
const NAMED = ['package.json', 'README.md'];
const HELP = `Usage: lrt-server init-service NAME

Writes a folder NAME with a service of its own: two example methods, a test and a Dockerfile.
`;

/**
 * Runs `lrt-server init-service NAME`: it writes a project with a service that an orchestrator, or \`lrt-server serve --service\`, can
 * drive. @returns the exit code. Throws a ConfigError where the name or the folder does not suit.
 */
export async function initServiceCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const [name, ...rest] = args;
  if (name === undefined)
    throw new ConfigError('init-service needs a name for the new folder: init-service my-service');
  if (rest.length > 0)
    throw new ConfigError(`init-service takes one name, and was also given "${rest.join(' ')}"`);
  if (name !== basename(name) || !/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name) || name === 'lrt-server') {
    throw new ConfigError(
      `"${name}" cannot be the name of a service: use small letters, digits, "-", "_" and ".", with a letter or a digit first`,
    );
  }
  const folder = resolve(name);
  await refuseUsed(folder, name);
  await mkdir(folder, { recursive: true });
  try {
    await cp(TEMPLATE, folder, { recursive: true });
    for (const [from, to] of RENAMED) await rename(join(folder, from), join(folder, to));
    for (const file of NAMED) {
      const text = await readFile(join(folder, file), 'utf8');
      const named = text.replaceAll('{{name}}', name).replaceAll('{{lrt-server}}', `^${packageVersion()}`);
      await writeFile(join(folder, file), named);
    }
  } catch (error) {
    // The folder was empty or not there: all that is in it is ours.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  process.stdout.write(`Wrote ${name}. Next:\n\n  cd ${name}\n  npm install\n  npm test\n  npm start\n`);
  return 0;
}

async function refuseUsed(folder: string, name: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return;
  if (!found.isDirectory()) throw new ConfigError(`there is a file "${name}" here: choose another name`);
  if ((await readdir(folder)).length > 0) {
    throw new ConfigError(`the folder "${name}" is not empty: choose another name, or empty it`);
  }
}
