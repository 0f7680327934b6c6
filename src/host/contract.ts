import type { ComponentType, ReactNode } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { BoundingBox, GeoFeature, Geometry } from '../contract/index.ts';

/**
 * The GIS client framework's contract: what a plugin may expect of its host. `lrt-plugin/host` implements it; a
 * real host may have less, so a plugin is to be tolerant of what is missing.
 */

/** A feature of the map, as the host gives it to plugins. */
export interface HostFeature {
  id: string | number;
  /** 'pole', 'design', 'address', ... */
  getType(): string;
  /** 'pole/12'. */
  getUrn(): string;
  getTitle(): string;
  properties: Record<string, unknown>;
  /** WGS 84 longitude, latitude. */
  geometry?: Geometry | null;
  _myw?: {
    title?: string;
    /** The design the feature belongs to, as 'design/NAME'; undefined in master. */
    delta?: string;
  };
}

export type EventHandler = (...args: never[]) => void;

/** `on`, `off` and `fire` take several event names in one string, spaces between. */
export interface HostEvents {
  on(events: string, handler: EventHandler, context?: unknown): void;
  off(events: string, handler?: EventHandler, context?: unknown): void;
  fire(events: string, ...args: unknown[]): void;
}

export interface HostMap {
  getBounds(): BoundingBox;
  fitBounds(bounds: BoundingBox): void;
  zoomTo(feature: HostFeature): void;
  /** Draws what a running task has built; absent where the map cannot. */
  taskOverlay?: TaskOverlay;
}

/** Shows on a map what tasks build. */
export interface TaskOverlay {
  /** Draws what a task has just built, marked as not yet committed. `replace`: forgets what it drew of this task before. */
  add(taskId: string, features: GeoFeature[], options: { replace: boolean }): void;
  /**
   * The task committed: what was drawn is now real, and the map may reload it from its source. `keep`: what was drawn
   * is a result that no table holds, so it stays on the map until someone calls `remove`.
   */
  settle(taskId: string, options?: { keep?: boolean }): void;
  /** The task was cancelled or failed, or the user wants a kept result off the map. */
  remove(taskId: string): void;
}

/** Formats a message of a group: placeholders are filled from `values`. An unknown key gives the key itself. */
export type Msg = (key: string, values?: Record<string, unknown>) => string;

export interface HostLocalisation {
  /** BCP 47: 'en', 'de', 'ar'. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /**
   * Undefined where the host has no such message, so that a plugin can fall back to its own. In the user's language,
   * else in English; with `language` in that one only.
   */
  lookup(group: string, key: string, language?: string): string | undefined;
  msg(group: string, key: string, values?: Record<string, unknown>): string;
}

export interface HostApplication extends HostEvents {
  currentFeature: HostFeature | null;
  currentFeatureSet?: { items: HostFeature[] };
  setCurrentFeature(feature: HostFeature | null, options?: { zoomTo?: boolean }): void;
  system?: SystemClient;
  plugins: Record<string, unknown>;
  map?: HostMap;
  localisation?: HostLocalisation;
  /** Renders for this application; absent where the host has only the one for all. */
  renderReactNode?: RenderReactNode;
}

/** The state of the plugin's task, which the plugin's button shows besides its title. */
export interface ButtonStatus {
  phase: 'waiting' | 'running' | 'succeeded' | 'partly-succeeded' | 'failed' | 'lost' | 'cancelled';
  /** 0 to 100; null where nobody knows how far the task is. */
  percent: number | null;
  /** In the user's language, to be read after the title: '42%', 'Done'. */
  text: string;
}

/** A host reads the status of a plugin's button from this. The host shows it in its toolbar and its palette. */
export interface ButtonStatusSource {
  /** The same object until it changes; undefined while there is nothing to say. */
  getState(): ButtonStatus | undefined;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export interface PluginOptions {
  [name: string]: unknown;
}

/** `renderReactNode` returns a root. Give it back to render there again, or unmount it. */
export interface RenderRoot {
  render(node: ReactNode): void;
  unmount(): void;
}

export type RenderReactNode = <Props extends object>(
  node: Element | null,
  component: ComponentType<Props>,
  props: Props,
  previousRoot?: RenderRoot,
) => RenderRoot;

/** Props seen in use; dragged by its title bar. */
export interface DraggableModalProps {
  open: boolean;
  title: ReactNode;
  width?: number;
  onCancel?: () => void;
  footer?: ReactNode;
  wrapClassName?: string;
  children?: ReactNode;
}
