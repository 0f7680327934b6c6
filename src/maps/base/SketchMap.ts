import type { Position } from '../../contract/index.ts';

/** A place on the screen in CSS pixels, from the upper left corner of the map. */
export type Pixel = readonly [x: number, y: number];

/** The abilities of a map library that sketches need. */
export interface SketchMap {
  /** The element over the map for the picture; the library ignores what happens in it. Undefined while the map is not on the page. */
  place(): HTMLElement | undefined;
  /** The element whose pointer events are the map's. */
  surface(): HTMLElement | undefined;
  /** True for an element on the map that is none of the map's surface, such as a button. */
  isApart(element: Node): boolean;
  /** The element whose cursor a user sees over the map. */
  cursor(): HTMLElement | undefined;
  /** Undefined before the map shows a part of the world. The longitude may be any multiple of 360 degrees off. */
  project(at: Position): Pixel | undefined;
  unproject(pixel: Pixel): Position | undefined;
  /** Calls back whenever the map may show another part of the world. Returns what ends that. */
  onRender(listener: () => void): () => void;
  /** From now on a click does nothing on the map but what a drawing makes of it. Returns what ends that. */
  takeClicks(): () => void;
  /** CSS colours for the lines of sketches, and for what lies round them. */
  colours(): { line: string; halo: string };
}
