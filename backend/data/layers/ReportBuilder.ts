import type { ColumnRole, DataCrs, DataEncoding, DataKind, DataReason, DataReport } from '../dataTypes.ts';
import { LIMITS } from '../limits.ts';
import { reason } from '../reasons.ts';
import { hashText } from './hashText.ts';

/** Counts what becomes of the features of a layer, and keeps the first of each sort. */
export class ReportBuilder {
  readonly report: DataReport;
  readonly #byReason = new Map<string, { code: string; count: number; text: string }>();
  readonly #seen = new Map<number, number>();
  #damaged = 0;

  constructor(about: { layer: string; file: string; kind: DataKind; crs: DataCrs; encoding?: DataEncoding }) {
    this.report = {
      ...about,
      read: 0,
      given: 0,
      leftOut: { count: 0, byReason: [], first: [] },
      duplicates: { count: 0, first: [] },
      takenApart: { features: 0, parts: 0 },
      turnedIntoPoints: 0,
      wrapped: 0,
      filled: { street: 0, number: 0, name: 0 },
      notes: [],
    };
  }

  leaveOut(number: number, why: DataReason): void {
    const { leftOut } = this.report;
    leftOut.count++;
    if (leftOut.first.length < LIMITS.reported) leftOut.first.push({ number, ...why });
    const known = this.#byReason.get(why.code);
    if (known) known.count++;
    else this.#byReason.set(why.code, { code: why.code, count: 1, text: why.text });
  }

  /** True where the same came before. */
  isDuplicate(number: number, key: string): boolean {
    const hash = hashText(key);
    const first = this.#seen.get(hash);
    if (first === undefined) {
      if (this.#seen.size < LIMITS.addresses) this.#seen.set(hash, number);
      return false;
    }
    const { duplicates } = this.report;
    duplicates.count++;
    if (duplicates.first.length < LIMITS.reported) duplicates.first.push({ number, sameAs: first });
    return true;
  }

  noteParts(parts: number): void {
    if (parts < 2) return;
    this.report.takenApart.features++;
    this.report.takenApart.parts += parts;
  }

  noteFilled(values: Partial<Record<ColumnRole, string>>): void {
    for (const role of ['street', 'number', 'name'] as const) if (values[role]) this.report.filled[role]++;
  }

  noteDamaged(): void {
    this.#damaged++;
  }

  finish(): void {
    this.report.leftOut.byReason = [...this.#byReason.values()].sort((a, b) => b.count - a.count);
    if (this.#damaged > 0) {
      this.report.notes.push(reason('texts-mended', { count: this.#damaged }));
    }
    if (this.#seen.size >= LIMITS.addresses) {
      this.report.notes.push(reason('duplicates-limit', { limit: LIMITS.addresses }));
    }
  }
}
