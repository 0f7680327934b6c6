import { createWriteStream, statSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { factsOfTask, NO_FACTS } from '../../../backend/handover/factsOfTask.ts';
import { safeFileName } from '../../../backend/handover/fileNames.ts';
import { handoverFile, handoverType } from '../../../backend/handover/HandoverFile.ts';
import { HandoverSource } from '../../../backend/handover/HandoverSource.ts';
import { isTerminal } from '../../../src/contract/index.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { FileSpool } from '../http/FileSpool.ts';
import { EXPORT_HELP, type ExportOptions, readExportOptions } from './export/exportOptions.ts';
import { type ExportedTask, type ExportSource, openExportSource } from './export/exportSource.ts';

/**
 * Runs `lrt-server export`: writes what a task has built, or a design, into a file. Resolves with the exit code 0. Rejects with a
 * ConfigError for a wrong option, and with an Error with a message for the operator otherwise; then there is no file.
 */
export async function exportCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = readExportOptions(args, env);
  if (!options) {
    process.stdout.write(EXPORT_HELP);
    return 0;
  }
  const source = await openExportSource(options.from);
  try {
    return await writeExport(options, source);
  } finally {
    await source.close();
  }
}

async function writeExport(options: ExportOptions, opened: ExportSource): Promise<number> {
  const { of } = options;
  const task = 'task' in of ? await opened.task(of.task) : undefined;
  if ('task' in of && !task)
    throw new ConfigError(`there is no task "${of.task}": give --task the id of one`);
  if (task && !isTerminal(task.status)) {
    throw new Error(`task "${task.id}" is still ${task.status}: export it once it has ended`);
  }
  const records = new HandoverSource(await opened.store.snapshot(), of);
  // A database closes when all that is read of it is closed.
  try {
    return await writeRecords(options, records, task);
  } finally {
    await records.close();
  }
}

async function writeRecords(
  { of, request, out, replace }: ExportOptions,
  records: HandoverSource,
  task: ExportedTask | undefined,
): Promise<number> {
  if (await records.isEmpty()) {
    throw new Error(
      'task' in of
        ? `nothing that task "${of.task}" built is left: it built nothing, or it was undone, or its design was deleted`
        : `${of.design} adds nothing to master and changes nothing`,
    );
  }
  const facts = task ? factsOfTask(task, (query) => task.items(query)) : NO_FACTS;
  // Whoever reads standard output may be slow, and a file is not.
  const spool = out === '-' || request.format === 'gpkg' ? () => new FileSpool() : undefined;
  const pieces = handoverFile(records, request, facts, spool);
  if (out === '-') return writeStandardOutput(pieces);
  const names = 'task' in of ? [task?.name ?? 'task', of.task] : [of.design.slice('design/'.length)];
  const name = [...names, ...(request.report ? [request.report] : [])].join('-');
  const path = out ?? safeFileName(name, handoverType(request.format).extension);
  console.log(`Wrote ${path} (${await writeFile(path, pieces, replace)} bytes)`);
  return 0;
}

/** As other commands end whose output nobody reads any more: by the signal SIGPIPE, 13. */
const NOBODY_READS = 128 + 13;

async function writeStandardOutput(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  try {
    await pipeline(pieces, process.stdout, { end: false });
    return 0;
  } catch (error) {
    if (codeOf(error) === 'EPIPE') return NOBODY_READS;
    throw explained(error, 'standard output');
  }
}

/** The file has its name only when it is whole, and never in place of another one unless `replace` says so. */
async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>, replace: boolean): Promise<number> {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new ConfigError(`${path} is a folder: give --out the name of a file`);
  if (there && !replace) throw isThere(path);
  const part = `${path}.${process.pid}.part`;
  let bytes = 0;
  const counted = async function* () {
    for await (const piece of pieces) {
      bytes += piece.length;
      yield piece;
    }
  };
  try {
    await pipeline(counted(), createWriteStream(part, { flags: 'wx' }));
    // Unlike renaming, linking fails where another process was faster.
    if (replace) await rename(part, path);
    else await link(part, path);
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? isThere(path) : explained(error, path);
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
  return bytes;
}

const FIXES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder: make it, or give --out another one',
  ENOTDIR: 'a part of its path is no folder: give --out another one',
  EACCES: 'you may not write there: give --out another folder',
  EPERM: 'you may not write there: give --out another folder',
  EROFS: 'the file system is read-only: give --out another folder',
  ENAMETOOLONG: 'the name is too long: give --out a shorter one',
  ENOSPC:
    'the disk is full: make room there and in the folder for temporary files (TMPDIR), or give --out another disk',
  EDQUOT: 'your quota of the disk is used up: make room, or give --out another disk',
  EFBIG:
    'the file would be larger than the system allows here: raise the limit (ulimit -f), or give --out another disk',
};

/** An error of the file system, with the file and the fix. */
function explained(error: unknown, path: string): unknown {
  const fix = FIXES[codeOf(error) ?? ''];
  return fix === undefined ? error : new Error(`${path} was not written: ${fix}`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isThere(path: string): ConfigError {
  return new ConfigError(`${path} is there already: give --out another name, or --replace`);
}
