// Hands the packed packages to the tests of this project. They are packed and installed while other tests run: see
// globalSetup.ts. A test file waits here until they are there.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import { type Outcome, outcomeFile, type Packed } from './outcome.ts';

const PATIENCE_MS = 10 * 60_000;
async function outcomeOf(folder: string): Promise<Packed> {
  const end = Date.now() + PATIENCE_MS;
  while (!existsSync(outcomeFile(folder))) {
    if (Date.now() > end) throw new Error(`The packages were not packed in ${PATIENCE_MS / 60_000} minutes`);
    await delay(100);
  }
  const outcome: Outcome = JSON.parse(readFileSync(outcomeFile(folder), 'utf8'));
  if (!outcome.packed) throw new Error(`The packages could not be packed and installed: ${outcome.problem}`);
  return outcome.packed;
}

export const { tarball, consumer, serverTarball, serverConsumer } = await outcomeOf(inject('packFolder'));
