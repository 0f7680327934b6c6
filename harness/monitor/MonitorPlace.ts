import type { ReactNode } from 'react';
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
    if (filter && typeof plugin === 'object' && plugin !== null && 'show' in plugin) {
      if (typeof plugin.show === 'function') plugin.show(filter);
    }
  }
}
