import type { EventHandler, HostEvents } from './contract.ts';
import { reportProblem } from './reportProblem.ts';

interface Listener {
  readonly handler: EventHandler;
  readonly context: unknown;
  /** False once taken off, so that an event that is being fired passes it by. */
  active: boolean;
}

interface Heard {
  readonly source: HostEvents;
  readonly events: string;
  readonly handler: EventHandler;
}

function namesOf(events: string): string[] {
  return events.split(/\s+/).filter(Boolean);
}

/**
 * Events as GIS client frameworks have them. Several names in one string, spaces between. A handler that throws
 * does not keep the event from the others: its error is reported on its own. Handlers may be taken off, or put on,
 * while an event is being fired.
 */
export class Events implements HostEvents {
  readonly #listeners = new Map<string, readonly Listener[]>();
  #heard: Heard[] = [];

  /** `this` of the handler is `context`, or this object. */
  on(events: string, handler: EventHandler, context?: unknown): void {
    if (typeof handler !== 'function') {
      throw new TypeError(`on('${events}') needs a function as its handler, and got ${typeof handler}`);
    }
    for (const name of namesOf(events)) {
      const listeners = this.#listeners.get(name) ?? [];
      this.#listeners.set(name, [...listeners, { handler, context, active: true }]);
    }
  }

  /** An argument that is left out matches all: `off()`, `off('x')`, `off(undefined, undefined, context)`. */
  off(events?: string, handler?: EventHandler, context?: unknown): void {
    for (const name of events === undefined ? [...this.#listeners.keys()] : namesOf(events)) {
      const kept: Listener[] = [];
      for (const listener of this.#listeners.get(name) ?? []) {
        const leaves =
          (handler === undefined || handler === listener.handler) &&
          (context === undefined || context === listener.context);
        if (leaves) listener.active = false;
        else kept.push(listener);
      }
      if (kept.length > 0) this.#listeners.set(name, kept);
      else this.#listeners.delete(name);
    }
  }

  fire(events: string, ...args: unknown[]): void {
    for (const name of namesOf(events)) {
      // `on` and `off` replace the list, so that this one is not changed while it is walked.
      for (const listener of this.#listeners.get(name) ?? []) {
        if (!listener.active) continue;
        try {
          Reflect.apply(listener.handler, listener.context ?? this, args);
        } catch (problem) {
          reportProblem(problem);
        }
      }
    }
  }

  /** Listens to another object until `stopListening`; `this` of the handler is this object. */
  listenTo(source: HostEvents, events: string, handler: EventHandler): void {
    source.on(events, handler, this);
    this.#heard.push({ source, events, handler });
  }

  /** An argument that is left out matches all: `stopListening()` ends everything that `listenTo` began. */
  stopListening(source?: HostEvents, events?: string, handler?: EventHandler): void {
    const ending = events === undefined ? undefined : namesOf(events);
    const kept: Heard[] = [];
    for (const heard of this.#heard) {
      const names = namesOf(heard.events);
      const matches =
        (source === undefined || source === heard.source) &&
        (handler === undefined || handler === heard.handler);
      const ended = names.filter((name) => matches && (ending?.includes(name) ?? true));
      const left = names.filter((name) => !ended.includes(name));
      if (ended.length > 0) heard.source.off(ended.join(' '), heard.handler, this);
      if (left.length > 0) kept.push({ ...heard, events: left.join(' ') });
    }
    this.#heard = kept;
  }

  /** Counts the handlers of one event, or of all. With it a test shows that nothing was left behind. */
  listenerCount(event?: string): number {
    if (event !== undefined) return this.#listeners.get(event)?.length ?? 0;
    let count = 0;
    for (const listeners of this.#listeners.values()) count += listeners.length;
    return count;
  }
}
