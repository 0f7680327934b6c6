import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';
import type { NetworkRecord, NetworkSnapshot } from '../network/NetworkStore.ts';
import type { TableDefinition } from '../network/tables.ts';
import { lineOf, segmentsOf } from '../network/tracing/CableLine.ts';
import { NetworkReads } from '../network/tracing/NetworkReads.ts';

/** A page of records that is in memory at a time. */
const PAGE = 1_000;

/** Chooses what is handed on: what a task has built, or what a design adds and changes. */
export type HandoverOf = { task: string } | { design: string };

/** The records that are handed on, all of one moment, page by page. Close it: then the snapshot is closed. */
export class HandoverSource {
  readonly #snapshot: NetworkSnapshot;
  readonly #of: HandoverOf;
  readonly #signal: AbortSignal | undefined;

  /** `signal` ends the reading: nobody waits for the file any more. */
  constructor(snapshot: NetworkSnapshot, of: HandoverOf, signal?: AbortSignal) {
    this.#snapshot = snapshot;
    this.#of = of;
    this.#signal = signal;
  }

  get tables(): readonly TableDefinition[] {
    return this.#snapshot.tables.all;
  }

  close(): Promise<void> {
    return this.#snapshot.close();
  }

  /** The records of a table in order of id. */
  async *pages(table: string): AsyncGenerator<readonly NetworkRecord[]> {
    const of = 'task' in this.#of ? { task: this.#of.task } : { design: this.#of.design, own: true };
    let after = 0;
    for (;;) {
      this.#signal?.throwIfAborted();
      const records = await this.#snapshot.records({ table, ...of, after, limit: PAGE });
      if (records.length > 0) yield records;
      if (records.length < PAGE) return;
      after = records.at(-1)?.id ?? after;
      // A network in memory answers at once, and others want to be answered as well.
      await yieldToEventLoop();
    }
  }

  /** As `pages`, and cables and their segments have the line of their routes, where the record has none. */
  async *drawnPages(table: string): AsyncGenerator<readonly NetworkRecord[]> {
    for await (const records of this.pages(table)) yield await withLines(this.readsFor(records), records);
  }

  /** For what the records refer to: the design that has them, over master. One reader serves one page. */
  readsFor(records: readonly NetworkRecord[]): NetworkReads {
    const own = records.find(({ design }) => design !== null)?.design ?? null;
    return new NetworkReads(this.#snapshot, 'design' in this.#of ? this.#of.design : own);
  }

  /** Says whether there is any record at all. */
  async isEmpty(): Promise<boolean> {
    for (const { name } of this.tables)
      for await (const page of this.pages(name)) if (page.length > 0) return false;
    return true;
  }
}

function withLines(reads: NetworkReads, records: readonly NetworkRecord[]): Promise<NetworkRecord[]> {
  return Promise.all(
    records.map(async (record) => {
      const { table, urn, geometry } = record;
      if (geometry || (table !== 'fiber_cable' && table !== 'cable_segment')) return record;
      const segments = table === 'fiber_cable' ? await segmentsOf(reads, urn) : [record];
      const [line, ...more] = await lineOf(
        reads,
        segments.map((segment) => ({ segment, entered: 'in' as const })),
      );
      // A cable with a gap has no one line.
      if (!line || line.length < 2 || more.length > 0) return record;
      return { ...record, geometry: { type: 'LineString' as const, coordinates: line } };
    }),
  );
}
