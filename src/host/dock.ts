// Where a docked window stands: computed from boxes, so that it can be tested without a page.
import { type BoundingBox, boundsOf } from '../contract/index.ts';
import type { HostFeature } from './contract.ts';

/** In CSS pixels from the top left of the viewport. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A place at one of the map's corners, so that the window stays there when the map changes its size. In CSS pixels. */
export interface Anchor {
  /** The corner is at the inline end, and not at the inline start. */
  atEnd: boolean;
  atBottom: boolean;
  /** From the map's edges to the window's. */
  inline: number;
  block: number;
}

/** The window's width as a card, and the distance from the map's edges. */
export const CARD = { width: 304, edge: 12 };
/** A folded card has this height, and a folded sheet the other one, with room around it. */
export const FOLDED = { card: 40, sheet: 56, sheetEdge: 8 };
/** A sheet's height, and the share of the map that it may cover. */
export const SHEET = { height: 222, share: 0.45 };
/** In a page that is narrower the window is a sheet. At a map that is narrower it opens folded at the lower edge. */
export const NARROW = { page: 640, map: 560 };
/** The window stays so far within the viewport. */
const MARGIN = 8;
/** Another corner is better only if it is so much farther from the selected feature. */
const CLEARLY_FARTHER = 4 / 3;

const UPPER_END: Anchor = { atEnd: true, atBottom: false, inline: CARD.edge, block: CARD.edge };

/**
 * Chooses the corner for a window that opens: the upper one at the inline end, unless another is clearly farther from the
 * selected feature.
 *
 * @param selected the place of the feature on the map, each part from 0 at the upper left to 1
 */
export function cornerFor(map: Box, selected: { x: number; y: number } | undefined, isRtl: boolean): Anchor {
  if (map.width < NARROW.map) return { ...UPPER_END, atBottom: true };
  if (!selected) return UPPER_END;
  const distance = ({ atEnd, atBottom }: Anchor) =>
    Math.hypot(
      (selected.x - (atEnd === isRtl ? 0 : 1)) * map.width,
      (selected.y - (atBottom ? 1 : 0)) * map.height,
    );
  let best = UPPER_END;
  for (const atBottom of [false, true]) {
    for (const atEnd of [true, false]) {
      const corner = { ...UPPER_END, atEnd, atBottom };
      if (distance(corner) > distance(UPPER_END) * CLEARLY_FARTHER && distance(corner) > distance(best)) {
        best = corner;
      }
    }
  }
  return best;
}

/** The place of a feature on a map that shows these bounds; undefined where it has none, or is out of view. */
export function placeOf(
  feature: HostFeature | null | undefined,
  view: BoundingBox | undefined,
): { x: number; y: number } | undefined {
  const bounds = boundsOf([feature?.geometry]);
  if (!bounds || !view) return undefined;
  const x = ((bounds[0] + bounds[2]) / 2 - view[0]) / (view[2] - view[0]);
  const y = (view[3] - (bounds[1] + bounds[3]) / 2) / (view[3] - view[1]);
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : undefined;
}

/** The upper left of a window at its anchor, as much of it within the viewport as fits. */
export function at(
  { atEnd, atBottom, inline, block }: Anchor,
  map: Box,
  size: { width: number; height: number },
  viewport: { width: number; height: number },
  isRtl: boolean,
): { left: number; top: number } {
  const left = atEnd === isRtl ? map.left + inline : map.left + map.width - inline - size.width;
  const top = atBottom ? map.top + map.height - block - size.height : map.top + block;
  return {
    left: Math.max(MARGIN, Math.min(left, viewport.width - size.width - MARGIN)),
    top: Math.max(MARGIN, Math.min(top, viewport.height - size.height - MARGIN)),
  };
}

/** The anchor of a window that was moved to a place: at the corner of the map that is nearest. */
export function anchorAt(
  { left, top }: { left: number; top: number },
  map: Box,
  size: { width: number; height: number },
  isRtl: boolean,
): Anchor {
  const right = map.left + map.width - left - size.width;
  const bottom = map.top + map.height - top - size.height;
  const atRight = right < left - map.left;
  const atBottom = bottom < top - map.top;
  return {
    atEnd: atRight !== isRtl,
    atBottom,
    inline: atRight ? right : left - map.left,
    block: atBottom ? bottom : top - map.top,
  };
}

/** The height of a sheet over a map. */
export function sheetHeight(map: Box): number {
  return Math.round(Math.min(SHEET.height, map.height * SHEET.share));
}

/** Where a sheet stands in the viewport, or the bar that it is folded to: at the map's lower edge. */
export function sheetBox(map: Box, viewport: { height: number }, folded: boolean) {
  const edge = folded ? FOLDED.sheetEdge : 0;
  return {
    left: map.left + edge,
    bottom: Math.max(0, viewport.height - map.top - map.height) + edge,
    width: map.width - 2 * edge,
    height: folded ? FOLDED.sheet : sheetHeight(map),
  };
}

/** The height at the map's lower edge that a sheet covers, or the bar that it is folded to. */
export function sheetRoom(map: Box, folded: boolean): number {
  return folded ? FOLDED.sheet + FOLDED.sheetEdge : sheetHeight(map);
}

const KEY = 'lrt-plugin:dock';

/** The place to which the user moved the window; undefined where there is none, or the browser keeps nothing. */
export function rememberedAnchor(): Anchor | undefined {
  try {
    const { atEnd, atBottom, inline, block } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const known = typeof atEnd === 'boolean' && typeof atBottom === 'boolean';
    return known && Number.isFinite(inline) && Number.isFinite(block)
      ? { atEnd, atBottom, inline, block }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Each host keeps the place for itself: browsers keep it by origin. */
export function rememberAnchor(anchor: Anchor): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(anchor));
  } catch {
    // Storage is full or switched off: the window opens at its corner next time.
  }
}
