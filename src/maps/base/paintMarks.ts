// Paints the marks over the features of tasks on a canvas, for every map library that lets one lay a canvas over its map.
import { type BoundingBox, type Position, positionsOf } from '../../contract/index.ts';
import { joinMarks, type Marks } from './marks.ts';
import type { OverlayColours } from './overlayColours.ts';

/** The canvas, in CSS pixels. */
export interface MarksCanvas {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  /** The canvas has so many pixels for each CSS pixel. */
  pixelRatio: number;
  /** Converts a position to CSS pixels of the canvas. */
  project(at: Position): readonly [x: number, y: number];
  /** The direction of the page, for words. */
  direction: 'ltr' | 'rtl';
}

const FONT = '600 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const DIAMOND = 5;
const JOINED_DIAMOND = 10;
const OUTLINE_GAP = 14;
/** Room between the tag of an outline and the edges of the map; at its inline start are its zoom buttons. */
const EDGE = 8;
const BUTTONS = 56;
const CHOSEN_CASING = 4;
const CASING_OPACITY = 0.24;
const PLACE_OPACITY = 0.7;
const SMALLEST_PLACE = 6;
const TAG = { height: 20, padding: 8, longest: 260 };

/** Paints all marks: the places of tasks, then chosen features, failed items and the outline. It clears nothing. */
export function paintMarks(canvas: MarksCanvas, marks: Marks, colours: Required<OverlayColours>): void {
  const { context, pixelRatio } = canvas;
  context.save();
  context.scale(pixelRatio, pixelRatio);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  places(canvas, marks.places);
  for (const { geometry, colour } of marks.chosen) {
    if (geometry.type === 'Point') ring(canvas, canvas.project(geometry.coordinates), colours);
    else
      chosenLines(
        canvas,
        geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates,
        colours,
        colour,
      );
  }
  const reach = JOINED_DIAMOND + 8;
  const isSeen = (x: number, y: number) =>
    x > -reach && y > -reach && x < canvas.width + reach && y < canvas.height + reach;
  for (const { x, y, marks: of } of joinMarks(marks.failures, canvas.project)) {
    if (!isSeen(x, y)) continue;
    if (of[0]?.chosen) ring(canvas, [x, y], colours);
    diamond(canvas, x, y, of.length, colours);
  }
  if (marks.outline) outline(canvas, marks.outline, colours);
  context.restore();
}

function ring(
  { context }: MarksCanvas,
  [x, y]: readonly [number, number],
  colours: Required<OverlayColours>,
) {
  for (const [width, colour] of [
    [6, colours.halo],
    [2.5, colours.chosen],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 10, 0, 2 * Math.PI);
    stroke(context, width, colour);
  }
}

/** All lines at once, so that the casing is as transparent where they cross. A line that a task has drawn stands out in full. */
function chosenLines(
  { context, project }: MarksCanvas,
  lines: Position[][],
  { chosen }: Required<OverlayColours>,
  colour: string | undefined,
) {
  context.beginPath();
  for (const line of lines) {
    positionsOf(line).forEach((position, i) => {
      const [x, y] = project(position);
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
  }
  context.globalAlpha = CASING_OPACITY;
  stroke(context, CHOSEN_CASING, chosen);
  context.globalAlpha = 1;
  if (colour !== undefined) stroke(context, 1.25, colour);
}

/** Frames many places in one stroke for each colour. */
function places({ context, project, width, height }: MarksCanvas, list: Marks['places']) {
  const byColour = new Map<string, Marks['places'][number]['bbox'][]>();
  for (const { bbox, colour } of list) {
    const known = byColour.get(colour);
    if (known) known.push(bbox);
    else byColour.set(colour, [bbox]);
  }
  for (const [colour, boxes] of byColour) {
    context.beginPath();
    for (const bbox of boxes) {
      const { left, top, right, bottom } = boxOf(bbox, project);
      if (right < 0 || bottom < 0 || left > width || top > height) continue;
      // A place that is smaller than its frame is seen as a small square.
      const [w, h] = [Math.max(right - left, SMALLEST_PLACE), Math.max(bottom - top, SMALLEST_PLACE)];
      context.rect((left + right - w) / 2, (top + bottom - h) / 2, w, h);
    }
    context.globalAlpha = PLACE_OPACITY;
    stroke(context, 1.25, colour);
    context.globalAlpha = 1;
  }
}

/** Returns the box in CSS pixels. A box whose west is greater than its east crosses the antimeridian. */
function boxOf([west, south, east, north]: BoundingBox, project: MarksCanvas['project']) {
  const far = east < west ? east + 360 : east;
  const corners = [
    [west, south],
    [west, north],
    [far, south],
    [far, north],
  ].map(([longitude = 0, latitude = 0]) => project([longitude, latitude]));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function diamond(
  { context }: MarksCanvas,
  x: number,
  y: number,
  count: number,
  { failed, halo }: Required<OverlayColours>,
) {
  const reach = count > 1 ? JOINED_DIAMOND : DIAMOND;
  context.beginPath();
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.closePath();
  // The halo lies outside: half of a line does.
  stroke(context, 3, halo);
  context.fillStyle = failed;
  context.fill();
  if (count === 1) return;
  const text = count > 99 ? '99+' : String(count);
  context.font = FONT.replace('12px', count > 99 ? '8px' : count > 9 ? '9px' : '11px');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.direction = 'ltr';
  context.fillStyle = halo;
  context.fillText(text, x, y + 0.5);
}

function outline(
  { context, project, width, direction }: MarksCanvas,
  { bbox, label, colour }: NonNullable<Marks['outline']>,
  { halo, text, surface }: Required<OverlayColours>,
) {
  const inner = boxOf(bbox, project);
  const [left, top] = [inner.left - OUTLINE_GAP, inner.top - OUTLINE_GAP];
  const [right, bottom] = [inner.right + OUTLINE_GAP, inner.bottom + OUTLINE_GAP];
  for (const [lineWidth, strokeColour] of [
    [5, halo],
    [2, colour],
  ] as const) {
    box(context, left, top, right - left, bottom - top, 6);
    stroke(context, lineWidth, strokeColour);
  }
  if (label === '') return;
  context.font = FONT;
  context.direction = direction;
  context.textBaseline = 'middle';
  const words = shortened(
    context,
    label,
    Math.min(TAG.longest, Math.max(width - EDGE - BUTTONS - 2 * TAG.padding, 40)),
  );
  const length = context.measureText(words).width + 2 * TAG.padding;
  // The tag stays in view as long as some of the box does, and beside the buttons that maps have at their inline start.
  const [before, after] = direction === 'rtl' ? [EDGE, BUTTONS] : [BUTTONS, EDGE];
  const start = direction === 'rtl' ? right - length : left;
  const tagLeft = Math.max(Math.min(Math.max(start, before), width - length - after), left - length + 24);
  const tagTop = Math.max(top - TAG.height / 2, Math.min(8, bottom - TAG.height));
  box(context, tagLeft, tagTop, length, TAG.height, 4);
  context.fillStyle = surface;
  context.fill();
  stroke(context, 2, colour);
  context.fillStyle = text;
  context.textAlign = direction === 'rtl' ? 'right' : 'left';
  const textX = direction === 'rtl' ? tagLeft + length - TAG.padding : tagLeft + TAG.padding;
  context.fillText(words, textX, tagTop + TAG.height / 2 + 0.5);
}

/** A rectangle with round corners: some browsers of 2022 have no `roundRect`. */
function box(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, radius: number) {
  const r = Math.min(radius, w / 2, h / 2);
  context.beginPath();
  context.moveTo(x + r, y);
  context.arcTo(x + w, y, x + w, y + h, r);
  context.arcTo(x + w, y + h, x, y + h, r);
  context.arcTo(x, y + h, x, y, r);
  context.arcTo(x, y, x + w, y, r);
  context.closePath();
}

function stroke(context: CanvasRenderingContext2D, width: number, colour: string) {
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** Cuts a label in its middle, so that the percent at its end stays. */
function shortened(context: CanvasRenderingContext2D, label: string, longest: number): string {
  if (context.measureText(label).width <= longest) return label;
  const letters = [...label];
  for (let kept = letters.length - 1; kept > 8; kept--) {
    const head = Math.max(1, kept - 6);
    const cut = `${letters.slice(0, head).join('')}…${letters.slice(-6).join('')}`;
    if (context.measureText(cut).width <= longest) return cut;
  }
  return label;
}
