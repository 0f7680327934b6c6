import type { ComponentType, ReactNode } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { BoundingBox, GeoFeature, Geometry, ItemFailure, Position } from '../contract/index.ts';
import type { MapSketches } from './sketches.ts';

export type * from './sketches.ts';

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
  /** The element that shows the map: windows dock there. Absent where the map has none to show. */
  container?(): HTMLElement | undefined;
  getBounds(): BoundingBox;
  fitBounds(bounds: BoundingBox): void;
  zoomTo(feature: HostFeature): void;
  /** Draws what a running task has built; absent where the map cannot. */
  taskOverlay?: TaskOverlay;
  /** Shows what a user is about to choose, and lets the user draw it; absent where the map cannot. */
  sketches?: MapSketches;
  /**
   * An element over the map's lower inline start, which the host lays out. Notices about tasks that ended stand in it, at most
   * three and 400 px wide. Undefined as long as there is none: they stand at the page's lower inline start then.
   */
  noticePlace?(): HTMLElement | undefined;
  /**
   * Calls the listener when a user begins to move the map, and whenever the map has come to rest at another place. Returns
   * what ends the subscription. Absent where the map cannot say that.
   */
  onMove?(listener: (move: MapMove) => void): () => void;
}

/** Says how the part of the world changed that a map shows. */
export interface MapMove {
  /**
   * True where a user panned or zoomed the map by hand, or with the map's own buttons. False where a plugin moved it through
   * `fitBounds` or `zoomTo`, and where only the map's size changed.
   */
  byUser: boolean;
  /** True while the movement goes on; false once the map rests. */
  moving: boolean;
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
  /**
   * Gives a task one of the hues of `taskPalette`: 0 is the first. A hue beyond the palette begins again with the first
   * colour and has other dashes. It holds for what the task has drawn and will draw.
   */
  hue?(taskId: string, hue: number): void;
  /** Frames the place where a task works, with the label beside the frame. Null takes the frame off the map. */
  outline?(outline: TaskOutline | null): void;
  /**
   * Frames the places where many tasks work with thin lines, such as all tasks that were found at a place. The list replaces the
   * one that was given before; an empty list takes the frames off the map.
   */
  places?(places: readonly TaskPlace[]): void;
  /**
   * Marks the items of a task that failed, over everything else, at the middle of their geometry. The list replaces the one
   * that was given before; an empty list takes the marks off the map. The marks stay when the task ends or is removed.
   */
  failures?(taskId: string, failures: readonly ItemFailure[], options?: FailureMarks): void;
  /** Marks features as chosen: a ring around a point, a casing under a line. Null takes the marks off the map. */
  choose?(features: readonly GeoFeature[] | null): void;
  /** Shows what two runs of a task have built, side by side. Null takes the comparison off the map. */
  compare?(comparison: RunComparison | null): void;
  /**
   * Calls the listener when a user clicks on a feature that a task has built or on the mark of a failed item. Returns what
   * ends the subscription.
   */
  onPick?(listener: (pick: TaskPick) => void): () => void;
}

/** The frame around the place where a task works. */
export interface TaskOutline {
  bbox: BoundingBox;
  /** In the user's language: 'Customer connections · 48%'. */
  label: string;
  /** The frame has the hue of this task. Without it, it has the first one. */
  taskId?: string;
}

/** The place where a task works. Its frame has the hue of the task. */
export interface TaskPlace {
  taskId: string;
  bbox: BoundingBox;
}

export interface FailureMarks {
  /** The id of the item that is chosen: its mark has a ring. */
  chosen?: string | undefined;
}

/** The features of two runs, by where they are found. */
export interface RunComparison {
  onlyA: readonly GeoFeature[];
  onlyB: readonly GeoFeature[];
  both: readonly GeoFeature[];
}

/** A user clicked on a feature of a task, or on one of its failed items. */
export interface TaskPick {
  taskId: string;
  /** The place that the user clicked. */
  at?: Position;
  /** The id of the feature, where it is one that the task has built. */
  featureId?: string;
  /**
   * The ids of the failed items whose mark it is. They are several where the map joins marks that lie close together; the
   * item nearest to the click is the first.
   */
  itemIds?: readonly string[];
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
  /** In the user's language, to be read after the title: '42%', 'Done'. With a badge it is the whole name of the button. */
  text: string;
  /** A number at the corner of the button in place of the ring and the mark. An empty text draws nothing. */
  badge?: ButtonBadge;
}

/** A number at the corner of a button, such as how many tasks run. */
export interface ButtonBadge {
  /** '3', '99+'. */
  text: string;
  /** True where something failed that the user has not looked at. */
  isError: boolean;
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

/** The place of a docked window: a card at the map's corner, or a sheet at the lower edge of a small page. */
export type DockedPlace = 'card' | 'sheet';

/** A folded window shows this beside its title. */
export interface FoldedBar {
  /** 16 CSS pixels wide. */
  icon: ReactNode;
  /** '48%' */
  percent: ReactNode;
  /** A second line, where there is room for one: '958 / 2,000 · 8 to 12 sec left'. */
  detail: ReactNode;
}

/** A window that docks at the host's map. */
export interface DockedModalProps {
  open: boolean;
  title: ReactNode;
  onCancel?: () => void;
  wrapClassName?: string;
  /** Without it the window cannot be folded. */
  bar?: FoldedBar | undefined;
  /** The content, for the place in which it is shown. */
  children(place: DockedPlace): ReactNode;
}
