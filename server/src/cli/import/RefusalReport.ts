import { writeFile } from 'node:fs/promises';
import { printable } from './printable.ts';

/** The terminal shows this many; the report has them all. */
const SHOWN = 20;

interface Refused {
  file: string;
  /** The number of the feature in its file, from 1; of a CSV file, of the row. */
  feature: number;
  reason: string;
}

/** Collects the features that the import left out, with the reasons, for the terminal and a report file. */
export class RefusalReport {
  readonly #refused: Refused[] = [];
  #count = 0;

  add(refused: Refused): void {
    this.#refused.push(refused);
    this.#count += 1;
  }

  /** Counts features that were left out and of which nothing else is known. */
  addUnnamed(count: number): void {
    this.#count += count;
  }

  get count(): number {
    return this.#count;
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
      .map(({ file, feature, reason }) =>
        printable(
          `  ${file}: ${/\.(csv|tsv)$/i.test(file) ? `row ${feature}` : `feature ${feature} (from 1)`}: ${reason}`,
        ),
      );
    const rest = this.#count - shown.length;
    if (rest > 0) {
      const where = reportFile === undefined ? '--report FILE writes them down' : `${reportFile} has them`;
      shown.push(`  and ${rest.toLocaleString('en')} more; ${where}`);
    }
    const features = this.#count === 1 ? 'feature was' : 'features were';
    return `${this.#count.toLocaleString('en')} ${features} left out:\n${shown.join('\n')}`;
  }
}
