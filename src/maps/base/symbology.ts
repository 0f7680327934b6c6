// Decides how what tasks build looks on every map: kinds of features, sizes by zoom, opacity and dashes. The subclasses of
// MapOverlay, and an application's own layers, draw by it.
import type { GeoFeature } from '../../contract/index.ts';

/**
 * A line that connects one address to its pole; a line that carries many; what a cable hangs on or lies in, between two structures;
 * an address, or another point; a pole; a handhole, or equipment that serves many.
 */
export type FeatureKind = 'drop' | 'cable' | 'route' | 'address' | 'pole' | 'equipment';

const CABLES: ReadonlySet<string> = new Set(['fiber_cable', 'cable_segment']);
const DROPS: ReadonlySet<string> = new Set(['oh_route', 'drop']);
const ROUTES: ReadonlySet<string> = new Set(['oh_route', 'ug_route']);

/**
 * Returns the kind of a feature by its table, and by its property `kind`, by which a drop differs from a span. A line of a table that is
 * not known is a drop where it is straight.
 */
export function kindOf({ geometry, properties: { table, kind } }: GeoFeature): FeatureKind {
  if (geometry.type === 'Point') {
    if (table === 'pole') return 'pole';
    return Object.hasOwn(EQUIPMENT_SIGNS, table) ? 'equipment' : 'address';
  }
  if (geometry.type !== 'LineString') return 'cable';
  if (kind === 'drop') return 'drop';
  if (ROUTES.has(table) && typeof kind === 'string') return 'route';
  if (CABLES.has(table)) return 'cable';
  return DROPS.has(table) || geometry.coordinates.length <= 2 ? 'drop' : 'cable';
}

/** The shapes of equipment. Each differs from the squares of addresses and the rings of poles. */
export const SIGNS = ['frame', 'triangle', 'hexagon', 'capsule', 'feed'] as const;
export type EquipmentSign = (typeof SIGNS)[number];

const EQUIPMENT_SIGNS: Readonly<Record<string, EquipmentSign>> = {
  handhole: 'frame',
  fiber_splitter: 'triangle',
  fiber_terminal: 'hexagon',
  splice_closure: 'capsule',
  fiber_odf: 'feed',
};

/** Returns the shape of equipment by its table. */
export function equipmentSignOf({ properties: { table } }: GeoFeature): EquipmentSign {
  return EQUIPMENT_SIGNS[table] ?? 'frame';
}

/** Returns the radius of a sign in CSS pixels; 0: it is not drawn at this zoom. The feed is seen from afar. */
export function signRadius(sign: EquipmentSign, zoom: ZoomClass): number {
  if (sign === 'feed') return { far: 5, middle: 6, near: 8 }[zoom];
  return { far: 0, middle: 2.4, near: 4.5 }[zoom];
}

/** The width of a route in CSS pixels. It lies under the cables that it carries. */
export const ROUTE_WIDTH: Readonly<Record<ZoomClass, number>> = { far: 0.75, middle: 1, near: 1.25 };
export const ROUTE_OPACITY = 0.6;
/** A route that lies in the ground is dotted, and one that hangs is solid. */
export const UNDERGROUND_DASH = [2, 3] as const;

export const isUnderground = ({ properties: { table } }: GeoFeature): boolean => table === 'ug_route';

/** `far`: more than 2 metres a pixel. `middle`: 1 to 2. `near`: less than 1. */
export type ZoomClass = 'far' | 'middle' | 'near';

/** The metres a pixel above which a map is far, and below which it is near. */
export const FAR_METRES = 2;
export const NEAR_METRES = 1;

export function zoomClassOf(metresPerPixel: number): ZoomClass {
  if (metresPerPixel > FAR_METRES) return 'far';
  return metresPerPixel < NEAR_METRES ? 'near' : 'middle';
}

/** Sizes in CSS pixels. */
export interface Sizes {
  /** Width of a drop. */
  drop: number;
  /** Width of the end of a drop, which is END_PIXELS long; 0: the end looks as the rest does. */
  end: number;
  /** Side of the square at an address. Where `end` is 0, it is a dot and never hollow. */
  address: number;
  /** Width of a small cable: see `cableWidth`. It lies over a casing that is CASING_PIXELS wider. */
  cable: number;
  /** Radius of a pole. */
  pole: number;
}

export const SIZES: Readonly<Record<ZoomClass, Readonly<Sizes>>> = {
  far: { drop: 0.5, end: 0, address: 1.6, cable: 1.5, pole: 1.2 },
  middle: { drop: 0.75, end: 1, address: 3.2, cable: 2, pole: 1.7 },
  near: { drop: 1, end: 1.25, address: 4.6, cable: 2.5, pole: 2.6 },
};

/** A cable of more than so many fibres is one size up, of more than the next number two sizes, and so on. */
const CABLE_FIBRES = [24, 48, 96] as const;
export const CABLE_SIZES = CABLE_FIBRES.length + 1;
const CABLE_SIZE_PIXELS = 0.5;

/** Returns the size of a cable by its number of fibres, which its property `fiber_count` says: from 0 to 3. */
export function cableSizeOf({ properties: { fiber_count: count } }: GeoFeature): number {
  return typeof count === 'number' ? CABLE_FIBRES.filter((fibres) => count > fibres).length : 0;
}

/** Returns the width of a cable in CSS pixels. On a near map a larger cable is wider, 4 pixels at most. */
export function cableWidth(zoom: ZoomClass, size: number): number {
  return SIZES[zoom].cable + (zoom === 'near' ? CABLE_SIZE_PIXELS * size : 0);
}

export const END_PIXELS = 11;
export const END_OPACITY = 0.9;
export const CASING_PIXELS = 2.5;
/** The line around a hollow square, and how much larger than a pole a task's mark on it is. */
export const HOLLOW_PIXELS = 1.25;
export const POLE_MARK_PIXELS = 1.8;
/** Drops are dashed only where no more than so many meet at a pole: beyond that the dashes are noise. */
export const CROWDED = 64;
/** New features stand at full opacity for so long. */
export const FRESH_MS = 600;

/** Lengths in CSS pixels. `dotted`: the seventh task and later ones. */
export const DASHES = { drop: [4, 3], cable: [7, 4], dotted: [2, 3] } as const;

/**
 * Returns how opaque a drop is where `meeting` drops meet at its pole. At least half of the ground is seen 40 pixels from a
 * pole of up to 3,000 drops. It falls from the fiftieth drop on, so that a pole of a hundred drops does not stand out beside one of
 * two thousand.
 */
export function dropOpacity(meeting: number, width: number): number {
  return Math.max(0.04, Math.min(0.85, 6 / Math.sqrt(meeting), 125 / (meeting * width)));
}

/** Rounds up to the next power of the square root of 2, so that a fan that grows to 2,000 drops changes some twenty times. */
export function roundedUp(meeting: number): number {
  return meeting <= 1 ? 1 : 2 ** (Math.ceil(2 * Math.log2(meeting) - 1e-9) / 2);
}

/** The look of a task's features. */
export interface OverlayLook {
  colour: string;
  /** Hollow signs are filled with it, and cables are cased in it. */
  halo: string;
  /** Nobody has stored the features yet: squares are hollow, and lines are dashed. */
  dashed: boolean;
  /** The lines have the dashes of a task beyond the palette. */
  dotted: boolean;
  /** Squares are filled. */
  filled: boolean;
}

/** Returns the dashes of a line in CSS pixels; none: it is solid. `meeting`: how many drops meet at the pole of a drop. */
export function dashOf(
  { dashed, dotted }: OverlayLook,
  kind: 'drop' | 'cable',
  zoom: ZoomClass,
  meeting = 1,
): readonly number[] {
  if (!dashed || (kind === 'drop' && (meeting > CROWDED || zoom === 'far'))) return [];
  return dotted ? DASHES.dotted : DASHES[kind];
}
