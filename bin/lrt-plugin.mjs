#!/usr/bin/env node
// `npx lrt-plugin init my-plugin`. Plain JavaScript without dependencies: it runs as it is, on Node 20 and newer.
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `Usage: npx lrt-plugin init <name> [--host standalone|myworld]
       npx lrt-plugin locales [--partial] <files or folders>

Writes a plugin with a task of its own into the new folder <name>: task, modal, words in two languages,
tests and a story, with everything that is needed to try it.

Or checks language packs: keys, placeholders, plural forms (docs/locales.md).

Options:
  --host standalone  for React applications: the plugin brings its host, lrt-plugin/host. The default
  --host myworld     for IQGeo's platform: the plugin imports myWorld-client
  --partial          packs may lack keys
  -h, --help         shows this
  -v, --version      shows the version of lrt-plugin
`;

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const TEMPLATE = join(PACKAGE, 'templates', 'plugin');
/** The folders whose files are written over the template. */
const HOSTS = { standalone: undefined, myworld: join(PACKAGE, 'templates', 'myworld') };
/** The files that carry the name of the project. */
const NAMED = ['package.json', 'README.md', 'index.html'];
/**
 * The names in the template and in the project. npm leaves a .gitignore out of a package, and tools take a
 * package.json inside the package for a package of its own.
 */
const RENAMED = [
  ['_gitignore', '.gitignore'],
  ['_package.json', 'package.json'],
];

/** A mistake in the input. The command prints its message without a stack. */
class Refusal extends Error {}

async function main(args) {
  const { values, positionals } = parse(args);
  if (values.help) return HELP;
  const { version } = readJson(join(PACKAGE, 'package.json'));
  if (values.version) return `${version}\n`;
  const [command, name, ...rest] = positionals;
  if (command === undefined) throw new Refusal('give a command: npx lrt-plugin init my-plugin');
  if (command !== 'init' && command !== 'locales') {
    throw new Refusal(`there is no command '${command}': there are init and locales`);
  }
  const foreign = command === 'init' ? 'partial' : 'host';
  if (values[foreign] !== undefined) throw new Refusal(`${command} has no option '--${foreign}'`);
  if (command === 'locales') return checkLocales(positionals.slice(1), values.partial ?? false);
  if (name === undefined)
    throw new Refusal('init needs a name for the new folder: npx lrt-plugin init my-plugin');
  if (rest.length > 0) throw new Refusal(`init takes one name, and was also given '${rest.join(' ')}'`);
  const { host = 'standalone' } = values;
  if (!Object.hasOwn(HOSTS, host)) {
    throw new Refusal(`there is no host '${host}': give one of ${Object.keys(HOSTS).join(', ')}`);
  }
  init(name, HOSTS[host], specification(version));
  return `Wrote ${name}. Next:

  cd ${name}
  npm install
  npm test
  npm start
`;
}

async function checkLocales(paths, partial) {
  const { checkFiles } = await import('../dist/locales.js');
  const { text, failed } = await checkFiles(paths.length > 0 ? paths : ['.'], { partial });
  if (failed) process.exitCode = 1;
  return `${text}\n`;
}

function parse(args) {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    host: { type: 'string' },
    partial: { type: 'boolean' },
  };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // Its first sentence names the option; the rest is about positionals that look like options.
    throw new Refusal(error.message.split('. ')[0].replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  }
}

function init(name, overlay, lrtPlugin) {
  checkName(name);
  const folder = resolve(name);
  const existed = checkFolder(folder, name);
  try {
    cpSync(TEMPLATE, folder, { recursive: true });
    if (overlay) cpSync(overlay, folder, { recursive: true });
    for (const [from, to] of RENAMED) renameSync(join(folder, from), join(folder, to));
    for (const file of NAMED) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8')
        .replaceAll('{{name}}', name)
        .replaceAll('{{lrt-plugin}}', lrtPlugin);
      writeFileSync(path, text);
    }
  } catch (error) {
    // The folder was empty or not there: all that is in it is ours.
    rmSync(folder, { recursive: true, force: true });
    if (existed) mkdirSync(folder);
    throw new Refusal(`could not write ${folder}: ${error.message}`);
  }
}

/** The name is the folder's and the package's: what npm accepts, and nothing that leads out of this folder. */
function checkName(name) {
  if (name !== basename(name) || name.includes('\\') || name === '.' || name === '..') {
    throw new Refusal(`'${name}' is a path: go to the folder it is to be in, and give the name alone`);
  }
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name) || name.length > 214) {
    throw new Refusal(
      `'${name}' cannot be the name of a package: use small letters, digits, '-', '_' and '.', ` +
        'at most 214 of them, with a letter or a digit first',
    );
  }
  const { dependencies, devDependencies } = readJson(join(TEMPLATE, '_package.json'));
  if (Object.hasOwn({ ...dependencies, ...devDependencies, node_modules: true }, name)) {
    throw new Refusal(`'${name}' is the name of another package that the plugin uses: choose another`);
  }
}

/** @returns {boolean} whether the folder is there already, and empty. */
function checkFolder(folder, name) {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) return false;
  if (!found.isDirectory()) throw new Refusal(`there is a file '${name}' here: choose another name`);
  if (readdirSync(folder).length > 0) {
    throw new Refusal(`the folder '${name}' is not empty: choose another name, or empty it`);
  }
  return true;
}

/**
 * The version that the project asks npm for: this one, or the very tarball or repository from which this one came, if
 * that is not a registry.
 */
function specification(version) {
  const modules = join(PACKAGE, '..');
  try {
    const { packages } = readJson(join(modules, '.package-lock.json'));
    const { resolved } = packages[`node_modules/${basename(PACKAGE)}`];
    if (/^git[+:]/.test(resolved)) return resolved;
    // Relative to the folder of node_modules.
    if (resolved.startsWith('file:')) return `file:${resolve(modules, '..', resolved.slice('file:'.length))}`;
  } catch {
    // Not installed by npm: another package manager, or the repository itself.
  }
  return `^${version}`;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`lrt-plugin: ${error.message}\nnpx lrt-plugin --help shows how it is used.\n`);
  process.exitCode = 1;
}
