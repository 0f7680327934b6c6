import type { ReactNode } from 'react';
import type { SystemClient } from '../../src/client/index.ts';
import type { BoundingBox } from '../../src/contract/index.ts';
import { filterFromSearch, filterToSearch, type MonitorFilter } from '../../src/monitor/index.ts';

/** The monitor, and whether it is a column or a page. */
interface Docked {
  content: ReactNode;
  variant: 'panel' | 'page';
}

/** The host page's place for the monitor: a column at the inline end, and `?tasks=...` of the address. */
export class MonitorPlace {
  #docked: Docked | undefined;
  readonly #listeners = new Set<() => void>();

  getState = (): Docked | undefined => this.#docked;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  dock = (content: ReactNode | undefined, variant: 'panel' | 'page'): void => {
    this.#docked = content === undefined ? undefined : { content, variant };
    for (const listener of [...this.#listeners]) listener();
  };

  /** Keeps the filter in the address, so that a link opens the same list. */
  keep = (filter: MonitorFilter | undefined): void => {
    const search = String(filterToSearch(filter, new URLSearchParams(location.search)));
    history.replaceState(history.state, '', `${location.pathname}${search && `?${search}`}${location.hash}`);
  };

  /** Opens the monitor where the address asks for it. */
  restore(plugin: unknown): void {
    const filter = filterFromSearch(new URLSearchParams(location.search));
    if (filter) this.show(plugin, filter);
  }

  /** Opens the monitor with a filter. `plugin`: the monitor's plugin, if the host has it. */
  show(plugin: unknown, filter: MonitorFilter): void {
    call(plugin, 'show', filter);
  }

  /** Opens the monitor with the tasks that run at a place or, where none does, with those that ran there. */
  async showTasksAt(plugin: unknown, system: SystemClient | undefined, bbox: BoundingBox): Promise<void> {
    let running = 1;
    try {
      const page = await system?.listTasks?.({ status: 'active', bbox, limit: 1 });
      running = page?.tasks.length ?? running;
    } catch {
      // The monitor says what is wrong with the server.
    }
    this.show(plugin, { view: running > 0 ? 'active' : 'finished', bbox });
  }

  hide(plugin: unknown): void {
    call(plugin, 'hide');
  }
}

function call(plugin: unknown, method: string, ...given: unknown[]): void {
  const found: unknown =
    typeof plugin === 'object' && plugin !== null ? Reflect.get(plugin, method) : undefined;
  if (typeof found === 'function') Reflect.apply(found, plugin, given);
}
