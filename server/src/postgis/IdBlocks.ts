import type pg from 'pg';
import { idSequence } from '../database/sqlTables.ts';

const FIRST_BLOCK = 16;
const LARGEST_BLOCK = 4_096;

interface Block {
  /** Ranges not given out yet, in order. */
  free: { next: number; last: number }[];
  /** Ids to ask for when these are used up. */
  size: number;
  asked: Promise<void> | undefined;
}

/**
 * Ids for the records of one transaction, in rising order. They are taken from the tables' sequences in blocks, so
 * that most inserts need no round trip; what is not used is lost, and never given to anybody else.
 */
export class IdBlocks {
  readonly #pool: pg.Pool;
  readonly #blocks = new Map<string, Block>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The next id; undefined when `refill()` has to be awaited first. */
  take(table: string): number | undefined {
    const { free } = this.#block(table);
    const range = free[0];
    if (!range) return undefined;
    if (range.next === range.last) free.shift();
    return range.next++;
  }

  async refill(table: string): Promise<void> {
    const block = this.#block(table);
    block.asked ??= this.#ask(table, block).finally(() => {
      block.asked = undefined;
    });
    await block.asked;
  }

  #block(table: string): Block {
    let block = this.#blocks.get(table);
    if (!block) {
      block = { free: [], size: FIRST_BLOCK, asked: undefined };
      this.#blocks.set(table, block);
    }
    return block;
  }

  async #ask(table: string, block: Block): Promise<void> {
    // Mostly one range: others take ids at the same time.
    const { rows } = await this.#pool.query<[string, string]>({
      text: `SELECT min(id), max(id) FROM (
          SELECT id, id - row_number() OVER (ORDER BY id) AS range
          FROM (SELECT nextval('${idSequence(table)}') AS id FROM generate_series(1, $1)) AS taken
        ) AS numbered GROUP BY range ORDER BY 1`,
      values: [block.size],
      rowMode: 'array',
    });
    for (const [first, last] of rows) block.free.push({ next: Number(first), last: Number(last) });
    block.size = Math.min(block.size * 4, LARGEST_BLOCK);
  }
}
