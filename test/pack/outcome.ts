// Carries what globalSetup.ts has packed, or why it could not, from the process that packs to those that test.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Packed {
  /** The packed plugin. */
  tarball: string;
  /** A project beside no other, with that tarball and its peers installed by npm. */
  consumer: string;
  /** The packed server, and a project with nothing else installed. */
  serverTarball: string;
  serverConsumer: string;
}

export type Outcome = { packed: Packed; problem?: never } | { packed?: never; problem: string };

export const outcomeFile = (folder: string) => join(folder, 'outcome.json');

/** Lets the tests go on: with what was packed, or with why it was not. */
export function announce(folder: string, outcome: Outcome): void {
  // Nobody may read half of it.
  writeFileSync(`${outcomeFile(folder)}.part`, JSON.stringify(outcome));
  renameSync(`${outcomeFile(folder)}.part`, outcomeFile(folder));
}
