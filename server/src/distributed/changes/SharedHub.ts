import { ChangeHub, type ChangeHubParts } from './ChangeHub.ts';

/** Opens a hub for the first who needs one, and closes it when the last has left. */
export class SharedHub {
  readonly #parts: ChangeHubParts;
  #hub: Promise<ChangeHub> | undefined;
  #users = 0;
  readonly #closing = new Set<Promise<void>>();

  constructor(parts: ChangeHubParts) {
    this.#parts = parts;
  }

  /** Rejects where the services are away. Call `release` once, at the end. */
  async acquire(): Promise<{ hub: ChangeHub; release: () => void }> {
    this.#users += 1;
    this.#hub ??= ChangeHub.open(this.#parts);
    const opening = this.#hub;
    const release = () => {
      this.#users -= 1;
      if (this.#users === 0) this.#leave();
    };
    try {
      return { hub: await opening, release };
    } catch (error) {
      if (this.#hub === opening) this.#hub = undefined;
      release();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#leave();
    await Promise.all(this.#closing);
  }

  #leave(): void {
    const hub = this.#hub;
    if (!hub) return;
    this.#hub = undefined;
    const closing = hub
      .then((open) => open.close())
      // A hub that did not open was reported to those who asked for it.
      .catch(() => {})
      .then(() => {
        this.#closing.delete(closing);
      });
    this.#closing.add(closing);
  }
}
