import { ByteQueue } from '../bytes/ByteQueue.ts';
import type { ByteSource, ReadContext } from '../bytes/ByteSource.ts';
import type { DataReason } from '../dataTypes.ts';
import type { RawGeometry } from '../layers/LayerSource.ts';
import { reason } from '../reasons.ts';
import { parseShape } from './parseShape.ts';

export interface ShpRecord {
  geometry: RawGeometry | null;
  problem?: DataReason;
  /** The file cannot be read beyond this one. */
  last?: true;
}

const HEADER = 100;
const MAX_RECORD = 64 * 2 ** 20;

/** The geometries of a Shapefile, in order (ESRI Shapefile Technical Description, 1998). */
export class ShpRecords {
  readonly #queue: ByteQueue;
  #begun = false;

  constructor(source: ByteSource, context: ReadContext) {
    this.#queue = new ByteQueue(source.chunks(context));
  }

  /** The next geometry; undefined after the last one. */
  async next(): Promise<ShpRecord | undefined> {
    if (!this.#begun) {
      this.#begun = true;
      await this.#queue.next(HEADER);
    }
    let header = this.#queue.take(8);
    if (!header) {
      if (!(await this.#queue.fill(8))) return undefined;
      header = this.#queue.take(8);
    }
    if (!header) return undefined;
    const length = new DataView(header.buffer, header.byteOffset, 8).getUint32(4) * 2;
    if (length > MAX_RECORD) return cutOff();
    let body = this.#queue.take(length);
    if (!body) {
      if (!(await this.#queue.fill(length))) return cutOff();
      body = this.#queue.take(length);
    }
    if (!body) return cutOff();
    try {
      return { geometry: parseShape(new DataView(body.buffer, body.byteOffset, body.byteLength)) };
    } catch {
      return { geometry: null, problem: reason('damaged-geometry') };
    }
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

function cutOff(): ShpRecord {
  return { geometry: null, problem: reason('shp-cut-off'), last: true };
}
