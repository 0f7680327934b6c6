import { writeFile } from 'node:fs/promises';
import type { RefusedFeature } from '../../../../backend/network/TownData.ts';
import { printable } from './printable.ts';

/** The terminal shows this many; the report has them all. */
const SHOWN = 20;

/** Collects the features that the import left out, with the reasons, for the terminal and a report file. */
export class RefusalReport {
  readonly #refused: (RefusedFeature & { file: string })[] = [];

  add(file: string, refused: RefusedFeature): void {
    this.#refused.push({ file, ...refused });
  }

  get count(): number {
    return this.#refused.length;
  }

  /** Writes one JSON object per line, in the order of the files. */
  async write(path: string): Promise<void> {
    const lines = this.#refused.map((refused) => `${JSON.stringify(refused)}\n`);
    await writeFile(path, lines.join('')).catch((error: unknown) => {
      throw new Error(`--report ${path} cannot be written; nothing was changed`, { cause: error });
    });
  }

  /** Prints the first of them. */
  describe(reportFile: string | undefined): string {
    const shown = this.#refused
      .slice(0, SHOWN)
      .map(({ file, feature, reason }) => printable(`  ${file}: feature ${feature} (from 0): ${reason}`));
    const rest = this.#refused.length - shown.length;
    if (rest > 0) {
      const where =
        reportFile === undefined ? '--report FILE writes all of them down' : `all are in ${reportFile}`;
      shown.push(`  and ${rest.toLocaleString('en')} more; ${where}`);
    }
    const features = this.#refused.length === 1 ? 'feature was' : 'features were';
    return `${this.#refused.length.toLocaleString('en')} ${features} left out:\n${shown.join('\n')}`;
  }
}
