import type { EventHandler, HostEvents } from '../../src/host/contract.ts';

interface Listener {
  source: HostEvents;
  events: string;
  handler: EventHandler;
  context: unknown;
}

let current: ListenerScope | undefined;

/** The listeners that someone put on the application and who may forget to take them off. */
export class ListenerScope {
  #listeners: Listener[] = [];

  /** A listener that is put on from here to `end()` is of this scope. */
  begin(): void {
    current = this;
  }

  end(): void {
    if (current === this) current = undefined;
  }

  during<Result>(act: () => Result): Result {
    const before = current;
    current = this;
    try {
      return act();
    } finally {
      current = before;
    }
  }

  add(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Takes all of them off. */
  release(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const { source, events, handler, context } of listeners) source.off(events, handler, context);
  }
}

export function currentScope(): ListenerScope | undefined {
  return current;
}
