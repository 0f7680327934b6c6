// Paints what tasks build, by the rules of src/maps/base/symbology.ts, on the canvases of OpenLayers.
import {
  CASING_PIXELS,
  cableWidth,
  DASHES,
  dashOf,
  dropOpacity,
  END_OPACITY,
  END_PIXELS,
  HOLLOW_PIXELS,
  type OverlayLook,
  POLE_MARK_PIXELS,
  ROUTE_OPACITY,
  ROUTE_WIDTH,
  SIGNS,
  SIZES,
  signRadius,
  UNDERGROUND_DASH,
  zoomClassOf,
} from '../base/symbology.ts';
import { traceSign } from '../base/traceSign.ts';
import type { Canvas, Paint, Projected } from './GrowingLayer.ts';

/** The look of shapes. All that share the object are painted alike. */
export interface ShapeLook extends OverlayLook {
  /** The number of drops that meet at the pole of a drop; see `roundedUp`. */
  meeting: number;
  /** The size of a cable (see `cableSizeOf`), 1 for a route in the ground, the number of the sign of equipment. */
  size: number;
}

type Shapes = readonly Projected<ShapeLook>[];

/** Calls back for each run of shapes with one look. */
function byLook(shapes: Shapes, paint: (look: ShapeLook, shapes: Shapes) => void): void {
  for (let from = 0; from < shapes.length; ) {
    const look = shapes[from]?.look;
    if (!look) return;
    let to = from + 1;
    while (shapes[to]?.look === look) to += 1;
    paint(look, from === 0 && to === shapes.length ? shapes : shapes.slice(from, to));
    from = to;
  }
}

function trace({ context, x, y }: Canvas, shape: readonly number[]): void {
  for (let i = 0; i < shape.length; i += 2) {
    const [px, py] = [x(shape[i] ?? 0), y(shape[i + 1] ?? 0)];
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
}

/**
 * Strokes each drop by itself, so that many drops in one place add up. A drop begins at its address: if all dashes began at
 * the pole, they would stand in rings around it.
 */
export const paintDrops: Paint<ShapeLook> = (shapes, canvas) => {
  const { context, metresPerPixel, pixelRatio } = canvas;
  const zoom = zoomClassOf(metresPerPixel);
  const width = SIZES[zoom].drop;
  context.lineCap = 'butt';
  byLook(shapes, (look, alike) => {
    context.strokeStyle = look.colour;
    context.lineWidth = width * pixelRatio;
    context.globalAlpha = dropOpacity(look.meeting, width);
    context.setLineDash(dashOf(look, 'drop', zoom, look.meeting).map((length) => length * pixelRatio));
    for (const { projected } of alike) {
      context.beginPath();
      trace(canvas, projected);
      context.stroke();
    }
  });
};

/** Strokes the last pixels of each drop, at its address: they say who is connected. */
export const paintEnds: Paint<ShapeLook> = (shapes, canvas) => {
  const { context, metresPerPixel, pixelRatio, x, y } = canvas;
  const { end } = SIZES[zoomClassOf(metresPerPixel)];
  if (end === 0) return;
  const reach = END_PIXELS * pixelRatio;
  context.lineCap = 'butt';
  byLook(shapes, (look, alike) => {
    context.strokeStyle = look.colour;
    context.lineWidth = end * pixelRatio;
    context.globalAlpha = END_OPACITY;
    context.beginPath();
    for (const {
      projected: [fromX = 0, fromY = 0, toX = 0, toY = 0],
    } of alike) {
      const [px, py] = [x(fromX), y(fromY)];
      const [dx, dy] = [x(toX) - px, y(toY) - py];
      const part = Math.min(1, reach / (Math.hypot(dx, dy) || 1));
      context.moveTo(px, py);
      context.lineTo(px + dx * part, py + dy * part);
    }
    context.stroke();
  });
};

/** Strokes cables over their casings. */
export const paintCables: Paint<ShapeLook> = (shapes, canvas) => {
  const { context, metresPerPixel, pixelRatio } = canvas;
  const zoom = zoomClassOf(metresPerPixel);
  context.globalAlpha = 1;
  context.lineJoin = 'round';
  byLook(shapes, (look, alike) => {
    const width = cableWidth(zoom, look.size);
    context.beginPath();
    for (const { projected } of alike) trace(canvas, projected);
    context.setLineDash([]);
    context.lineCap = 'round';
    context.lineWidth = (width + CASING_PIXELS) * pixelRatio;
    context.strokeStyle = look.halo;
    context.stroke();
    const dash = dashOf(look, 'cable', zoom);
    context.setLineDash(dash.map((length) => length * pixelRatio));
    context.lineCap = dash.length > 0 ? 'butt' : 'round';
    context.lineWidth = width * pixelRatio;
    context.strokeStyle = look.colour;
    context.stroke();
  });
};

/** Strokes what cables hang on, and with dots what they lie in. */
export const paintRoutes: Paint<ShapeLook> = (shapes, canvas) => {
  const { context, metresPerPixel, pixelRatio } = canvas;
  const zoom = zoomClassOf(metresPerPixel);
  context.globalAlpha = ROUTE_OPACITY;
  context.lineCap = 'butt';
  context.lineWidth = ROUTE_WIDTH[zoom] * pixelRatio;
  byLook(shapes, (look, alike) => {
    const dash = look.size === 1 && zoom !== 'far' ? UNDERGROUND_DASH : [];
    context.setLineDash(dash.map((length) => length * pixelRatio));
    context.strokeStyle = look.colour;
    context.beginPath();
    for (const { projected } of alike) trace(canvas, projected);
    context.stroke();
  });
};

/** Paints equipment, each sort in its shape: hollow until it is stored. */
export const paintEquipment: Paint<ShapeLook> = (shapes, { context, x, y, metresPerPixel, pixelRatio }) => {
  const zoom = zoomClassOf(metresPerPixel);
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.lineJoin = 'round';
  byLook(shapes, (look, alike) => {
    const sign = SIGNS[look.size] ?? 'frame';
    const radius = signRadius(sign, zoom) * pixelRatio;
    if (radius === 0) return;
    context.lineWidth = (sign === 'feed' ? 2 : HOLLOW_PIXELS) * pixelRatio;
    const isHollow = sign === 'frame' || sign === 'feed' || !look.filled;
    context.fillStyle = isHollow ? look.halo : look.colour;
    // Filled signs that lie on a line of their own colour stand out by the colour of the ground.
    context.strokeStyle = isHollow ? look.colour : look.halo;
    for (const {
      projected: [mapX = 0, mapY = 0],
    } of alike) {
      context.beginPath();
      traceSign(context, sign, x(mapX), y(mapY), radius);
      context.fill();
      context.stroke();
    }
  });
};

/** Paints addresses as squares: hollow until they are stored, and dots on a far map. */
export const paintAddresses: Paint<ShapeLook> = (shapes, { context, x, y, metresPerPixel, pixelRatio }) => {
  const { address, end } = SIZES[zoomClassOf(metresPerPixel)];
  const half = (address / 2) * pixelRatio;
  const line = HOLLOW_PIXELS * pixelRatio;
  context.globalAlpha = 1;
  context.setLineDash([]);
  byLook(shapes, (look, alike) => {
    const isHollow = !look.filled && end > 0;
    context.fillStyle = isHollow ? look.halo : look.colour;
    context.strokeStyle = look.colour;
    context.lineWidth = line;
    for (const {
      projected: [mapX = 0, mapY = 0],
    } of alike) {
      const [left, top] = [x(mapX) - half, y(mapY) - half];
      context.fillRect(left, top, 2 * half, 2 * half);
      if (isHollow) context.strokeRect(left, top, 2 * half, 2 * half);
    }
  });
};

/** Paints the poles that a task builds or changes as rings, larger than the application's own. */
export const paintPoles: Paint<ShapeLook> = (shapes, { context, x, y, metresPerPixel, pixelRatio }) => {
  const radius = (SIZES[zoomClassOf(metresPerPixel)].pole + POLE_MARK_PIXELS) * pixelRatio;
  context.globalAlpha = 1;
  context.setLineDash([]);
  byLook(shapes, (look, alike) => {
    context.fillStyle = look.filled ? look.colour : look.halo;
    context.strokeStyle = look.colour;
    context.lineWidth = 2 * pixelRatio;
    for (const {
      projected: [mapX = 0, mapY = 0],
    } of alike) {
      context.beginPath();
      context.arc(x(mapX), y(mapY), radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  });
};

/** Strokes drops that a task has just built, at full opacity. */
export const paintFresh: Paint<ShapeLook> = (shapes, canvas) => {
  const { context, metresPerPixel, pixelRatio } = canvas;
  context.globalAlpha = 1;
  context.setLineDash(DASHES.drop.map((length) => length * pixelRatio));
  context.lineWidth = Math.max(1, SIZES[zoomClassOf(metresPerPixel)].drop) * pixelRatio;
  byLook(shapes, (look, alike) => {
    context.strokeStyle = look.colour;
    context.beginPath();
    for (const { projected } of alike) trace(canvas, projected);
    context.stroke();
  });
};
