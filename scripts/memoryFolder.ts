import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Linux keeps these files in memory. */
const IN_MEMORY = '/dev/shm';
/** The tests' databases, browsers and installed packages take less than 2 GB of it. A container often has 64 MB there. */
const ENOUGH_BYTES = 5 * 1024 ** 3;

/**
 * Names a folder for the tests' temporary files: in memory, where there is enough of it and programs may be run from
 * there. A disk's file system spends more on the hundreds of files of each test's database than PostgreSQL does.
 * Undefined where the system has no such folder.
 */
export function memoryFolder(): string | undefined {
  let trial: string | undefined;
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    if (bavail * bsize < ENOUGH_BYTES) return undefined;
    trial = mkdtempSync(join(IN_MEMORY, 'lrt-trial-'));
    const program = join(trial, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    return spawnSync(program).status === 0 ? IN_MEMORY : undefined;
  } catch {
    return undefined;
  } finally {
    if (trial) rmSync(trial, { recursive: true });
  }
}
