/** Takes a stream of bytes in records of any length, and waits only where the next piece is needed. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array<ArrayBuffer>>;
  #bytes = new Uint8Array(0);
  #at = 0;
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, valid until the next call; undefined where the rest of the stream has to come first. */
  take(count: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#bytes.length - this.#at < count) return undefined;
    const bytes = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += count;
    return bytes;
  }

  /** Waits until so many bytes are there. False where the stream ends before. */
  async fill(count: number): Promise<boolean> {
    const parts: Uint8Array[] = [this.#bytes.subarray(this.#at)];
    let length = this.#bytes.length - this.#at;
    while (length < count && !this.#ended) {
      const { done, value } = await this.#chunks.next();
      if (done) this.#ended = true;
      else {
        parts.push(value);
        length += value.length;
      }
    }
    if (parts.length > 1) {
      this.#bytes = new Uint8Array(length);
      this.#at = 0;
      let at = 0;
      for (const part of parts) {
        this.#bytes.set(part, at);
        at += part.length;
      }
    }
    return length >= count;
  }

  /** The next bytes, or as many as are left. */
  async next(count: number): Promise<Uint8Array<ArrayBuffer>> {
    await this.fill(count);
    return this.take(Math.min(count, this.#bytes.length - this.#at)) ?? new Uint8Array(0);
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
