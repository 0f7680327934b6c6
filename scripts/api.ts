// Writes what the package's types promise into api/, one report per entry, so that a change of it shows in a diff.
// With --check, writes nothing and fails where the reports are not what the build in dist has.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from '@microsoft/api-extractor';
import { builtNames } from './entries.mjs';

const root = join(import.meta.dirname, '..');
const reports = join(root, 'api');

const silent = { default: { logLevel: ExtractorLogLevel.None } };
/** A type that is used but cannot be imported is noted in the report: it is part of the API all the same. */
const forgotten = { logLevel: ExtractorLogLevel.None, addToApiReportFile: true };

/** The compiler inside api-extractor is older than ours and reads no sources, so it needs these settings. */
const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    module: 'ESNext',
    moduleResolution: 'bundler',
    strict: true,
    skipLibCheck: true,
    types: [],
  },
  files: ['package.json'],
};

/** Writes the report of one entry into `folder`. @returns what keeps the report from being whole. */
function extract(name: string, folder: string): string[] {
  const problems: string[] = [];
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, 'dist', `${name}.d.ts`),
      compiler: { overrideTsconfig: tsconfig },
      apiReport: {
        enabled: true,
        reportFileName: `${reportName(name)}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { ...silent, 'ae-forgotten-export': forgotten },
        tsdocMessageReporting: silent,
      },
    },
  });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message: ExtractorMessage) {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
    },
  });
  return problems.map((problem) => `${name}: ${problem}`);
}

/** As a file name: 'host/vite' is 'host.vite'. */
const reportName = (name: string) => name.replaceAll('/', '.');

/** A note's file and line in dist change with every build, and are nobody's API. */
const withoutPlaces = (report: string) => report.replaceAll(/^\/\/ dist\/\S+ - /gm, '// ');

async function contents(folder: string): Promise<Map<string, string>> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith('.api.md')) : [];
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, withoutPlaces(await readFile(join(folder, name), 'utf8'))] as const),
    ),
  );
}

/** The first line in which two reports differ, as a diff would say it. */
function firstDifference(before: string, now: string): string {
  const old = before.split('\n');
  const lines = now.split('\n');
  const at = lines.findIndex((line, index) => line !== old[index]);
  const index = at === -1 ? lines.length : at;
  return `line ${index + 1}\n    - ${old[index] ?? '(end)'}\n    + ${lines[index] ?? '(end)'}`;
}

function differences(committed: Map<string, string>, built: Map<string, string>): string[] {
  return [...new Set([...committed.keys(), ...built.keys()])].sort().flatMap((name) => {
    const before = committed.get(name);
    const now = built.get(name);
    if (before === now) return [];
    if (before === undefined) return [`api/${name} is missing`];
    if (now === undefined) return [`api/${name} is of an entry that the package does not have`];
    return [`api/${name} differs, first in ${firstDifference(before, now)}`];
  });
}

const folder = await mkdtemp(join(tmpdir(), 'lrt-api-'));
try {
  if (!existsSync(join(root, 'dist/index.d.ts')))
    throw new Error('There is no build: run "npm run build" first.');
  const problems = Object.keys(builtNames).flatMap((name) => extract(name, folder));
  if (problems.length > 0) throw new Error(`The types in dist could not be read:\n${problems.join('\n')}`);
  const [committed, built] = [await contents(reports), await contents(folder)];
  if (process.argv.includes('--check')) {
    const found = differences(committed, built);
    if (found.length > 0) {
      throw new Error(
        `The public API is not what api/ says:\n  ${found.join('\n  ')}\nIf that is meant, run "npm run build && ` +
          'npm run api", commit api/, and say in a changeset ("npm run changeset") what changes for users.',
      );
    }
    console.log(`${built.size} API reports are up to date.`);
  } else {
    await rm(reports, { recursive: true, force: true });
    await mkdir(reports);
    for (const [name, text] of built) await writeFile(join(reports, name), text);
    console.log(`Wrote ${built.size} API reports into api/.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
