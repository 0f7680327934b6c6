import type { Geometry, Position } from '../contract/index.ts';

/** A circle around a place. Its radius is measured on the ground, so it is no circle of the map where the map distorts. */
export interface SketchedCircle {
  kind: 'circle';
  centre: Position;
  radiusMetres: number;
  /** With it a user changes the radius: by dragging the handle on the circle, or by its arrow keys. */
  handle?: RadiusHandle;
}

/** The handle of a circle. */
export interface RadiusHandle {
  /** Its name in the user's language: 'Radius'. */
  label: string;
  /** Its value in the user's language: '250 m'. */
  text: string;
  /** The least and the largest radius that a user can give it, in metres. */
  least: number;
  most: number;
  /** A user has changed the radius. The circle changes when it is shown again. */
  onRadius(metres: number): void;
}

/** An area, such as the polygon of a design. */
export interface SketchedArea {
  kind: 'area';
  /** The rings of one polygon after those of another; in each, longitude, latitude. */
  rings: readonly (readonly Position[])[];
}

/** A place, such as the one from where a network is fed. */
export interface SketchedPoint {
  kind: 'point';
  at: Position;
}

export type SketchShape = SketchedCircle | SketchedArea | SketchedPoint;

export interface DrawOptions {
  /** The user has set a corner or taken one back. Longitudes may pass 180 degrees: neighbours are never farther apart. */
  onChange?(corners: readonly Position[]): void;
  /** The drawing is over: with a point or a polygon, or with nothing where the user gave it up. It is called once. */
  onEnd(drawn: Geometry | undefined): void;
}

/** A drawing that is under way. A dialog offers this to those who draw without a pointer. */
export interface Drawing {
  /** Sets a corner, or the point, at the middle of the map. Absent where the map cannot. */
  addAtMiddle?(): void;
  /** Takes the last corner back. Absent where the map cannot. */
  removeLast?(): void;
  /** Ends an area that has three corners or more. Absent where the map cannot. */
  finish?(): void;
  /** Gives the drawing up. */
  cancel(): void;
}

/** Shows on a map what a user is about to choose, and lets the user draw it there. */
export interface MapSketches {
  /** Shows these shapes under a key of the caller's, in place of those that were shown under it. An empty list takes them off. */
  show(key: string, shapes: readonly SketchShape[]): void;
  /**
   * Lets a user draw. Each click sets a corner; a double click, Enter or a click on the first corner ends an area, Backspace takes
   * the last corner back, Escape gives the drawing up. Until then the map selects nothing. Another drawing ends this one. Absent
   * where the map only shows sketches.
   */
  draw?(kind: 'area' | 'point', options: DrawOptions): Drawing;
}
