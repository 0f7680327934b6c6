import { createWriteStream, existsSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { factsOfTask, NO_FACTS } from '../../../backend/handover/factsOfTask.ts';
import { safeFileName } from '../../../backend/handover/fileNames.ts';
import { handoverFile, handoverType } from '../../../backend/handover/HandoverFile.ts';
import { HandoverSource } from '../../../backend/handover/HandoverSource.ts';
import { ConfigError } from '../config/ConfigError.ts';
import { FileSpool } from '../http/FileSpool.ts';
import { EXPORT_HELP, type ExportOptions, readExportOptions } from './export/exportOptions.ts';
import { type ExportSource, openExportSource } from './export/exportSource.ts';

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
    await writeExport(options, source);
  } finally {
    await source.close();
  }
  return 0;
}

async function writeExport(
  { of, request, out, replace }: ExportOptions,
  opened: ExportSource,
): Promise<void> {
  const task = 'task' in of ? await opened.task(of.task) : undefined;
  const records = new HandoverSource(await opened.store.snapshot(), of);
  if (await records.isEmpty()) {
    throw new Error(
      'task' in of
        ? `nothing that task "${of.task}" built is left: ${task ? 'it built nothing, or it was undone, or its design was deleted' : 'there is no such task'}`
        : `${of.design} adds nothing to master and changes nothing`,
    );
  }
  const facts = task ? factsOfTask(task, (query) => task.items(query)) : NO_FACTS;
  const pieces = handoverFile(records, request, facts, () => new FileSpool());
  if (out === '-') {
    await pipeline(pieces, process.stdout, { end: false });
    return;
  }
  const names = 'task' in of ? [task?.name ?? 'task', of.task] : [of.design.slice('design/'.length)];
  const name = [...names, ...(request.report ? [request.report] : [])].join('-');
  const path = out ?? safeFileName(name, handoverType(request.format).extension);
  console.log(`Wrote ${path} (${await writeFile(path, pieces, replace)} bytes)`);
}

/** The file has its name only when it is whole, and never in place of another one unless `replace` says so. */
async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>, replace: boolean): Promise<number> {
  if (!replace && existsSync(path)) throw isThere(path);
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
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? isThere(path) : error;
  } finally {
    await rm(part, { force: true });
  }
  return bytes;
}

function isThere(path: string): ConfigError {
  return new ConfigError(`${path} is there already: give --out another name, or --replace`);
}
