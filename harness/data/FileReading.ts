import type { DataFile, DataProgress, OpenedData } from '../../backend/data/dataTypes.ts';
import { refusal } from '../../backend/data/reasons.ts';
import type { ChosenLayer } from '../../backend/intake/ChosenLayer.ts';
import type { TownSource } from '../../backend/network/TownSource.ts';
import type { TownFeature } from '../../backend/network/townTypes.ts';
import type { Answer, Ask, Intake, Surveyed } from './messages.ts';
import { errorOf, refusalOf } from './refusalOf.ts';

type Asked = Ask extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

/** Reads files in a worker of its own. `close` ends it, and what is under way rejects. */
export class FileReading {
  readonly #worker = new Worker(new URL('./dataWorker.ts', import.meta.url), { type: 'module' });
  readonly #listeners = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #closed: Error | undefined;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      this.#listeners.get(data.id)?.(data);
    });
    const fail = () => this.#fail(refusal([], 'broke-off'));
    this.#worker.addEventListener('error', fail);
    this.#worker.addEventListener('messageerror', fail);
  }

  /** `encodings` are those that the user chose, by the id of the layer. */
  async open(
    files: DataFile[],
    encodings: Record<string, string>,
    onProgress?: (progress: DataProgress) => void,
  ): Promise<OpenedData> {
    const answer = await this.#call({ type: 'open', files, encodings }, { onProgress });
    if (answer.type !== 'opened') throw new Error(`unexpected answer ${answer.type}`);
    return answer.opened;
  }

  /** Looks at all of the layers as they would be stored. */
  async survey(
    chosen: ChosenLayer[],
    options: { signal?: AbortSignal; onProgress?: (progress: DataProgress) => void } = {},
  ): Promise<Surveyed> {
    const answer = await this.#call({ type: 'survey', chosen }, options);
    if (answer.type !== 'surveyed') throw new Error(`unexpected answer ${answer.type}`);
    return answer.surveyed;
  }

  /** The layers as a town, which is read while it is stored. `onRead` hears of each batch. */
  async town(intake: Intake, onRead: (features: number) => void = () => {}): Promise<TownSource> {
    const answer = await this.#call({ type: 'plan', intake });
    if (answer.type !== 'planned') throw new Error(`unexpected answer ${answer.type}`);
    return { designs: answer.designs, read: (layer) => this.#read({ type: 'read', layer }, onRead) };
  }

  close(): void {
    this.#worker.terminate();
    this.#fail(new DOMException('The files were closed', 'AbortError'));
  }

  async #call(
    ask: Asked,
    {
      signal,
      onProgress = () => {},
    }: { signal?: AbortSignal | undefined; onProgress?: ((progress: DataProgress) => void) | undefined } = {},
  ): Promise<Answer> {
    const id = this.#nextId();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const stop = () => {
      this.#worker.postMessage({ type: 'stop', id } satisfies Ask);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
    this.#listeners.set(id, (answer) => {
      if (answer.type === 'progress') onProgress(answer.progress);
      else if (answer.type === 'failed') reject(errorOf(answer.refusal));
      else resolve(answer);
    });
    try {
      this.#worker.postMessage({ ...ask, id });
      return await promise;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#listeners.delete(id);
    }
  }

  /** One batch is on its way at any time; the next one is asked for when the last one was taken. */
  async *#read(ask: Asked, onRead: (features: number) => void): AsyncGenerator<readonly TownFeature[]> {
    const id = this.#nextId();
    let next = Promise.withResolvers<Answer>();
    this.#listeners.set(id, (answer) => answer.type !== 'progress' && next.resolve(answer));
    try {
      this.#worker.postMessage({ ...ask, id });
      for (;;) {
        const answer = await next.promise;
        if (answer.type === 'failed') throw errorOf(answer.refusal);
        if (answer.type !== 'batch') return;
        next = Promise.withResolvers();
        yield answer.features;
        onRead(answer.features.length);
        this.#worker.postMessage({ type: 'more', id } satisfies Ask);
      }
    } finally {
      this.#listeners.delete(id);
      this.#worker.postMessage({ type: 'stop', id } satisfies Ask);
    }
  }

  #nextId(): number {
    if (this.#closed) throw this.#closed;
    this.#lastId += 1;
    return this.#lastId;
  }

  /** All that is under way fails, and nothing more can be asked. */
  #fail(error: Error): void {
    this.#closed ??= error;
    for (const [id, listener] of [...this.#listeners]) {
      listener({ type: 'failed', id, refusal: refusalOf(error) });
    }
  }
}
