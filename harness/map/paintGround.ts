// Paints the addresses and poles of the town, which no task has built.
import { SIZES, type ZoomClass, zoomClassOf } from '../../src/maps/base/symbology.ts';
import type { Paint } from '../../src/maps/openlayers/GrowingLayer.ts';

/** Radius of an address that nobody has connected, in CSS pixels. */
const ADDRESS: Record<ZoomClass, number> = { far: 0.75, middle: 1.1, near: 1.6 };
/** A ring has no room in a dot that is smaller. */
const SMALLEST_RING = 1.5;

/** The colours of points. All that share the object are painted alike. */
export interface GroundLook {
  colour: string;
  halo: string;
  /** A pole of a design is larger, and filled. */
  isOfDesign: boolean;
}

export const paintAddressDots: Paint<GroundLook> = (shapes, canvas) => {
  const { context, x, y, metresPerPixel, pixelRatio } = canvas;
  const radius = ADDRESS[zoomClassOf(metresPerPixel)] * pixelRatio;
  const { width, height } = context.canvas;
  context.globalAlpha = 1;
  for (const {
    projected: [mapX = 0, mapY = 0],
    look,
  } of shapes) {
    const [px, py] = [x(mapX), y(mapY)];
    if (px < -radius || py < -radius || px > width + radius || py > height + radius) continue;
    context.fillStyle = look.colour;
    // A square of two pixels looks like a dot, and costs a fifth.
    if (radius < SMALLEST_RING * pixelRatio)
      context.fillRect(px - radius, py - radius, 2 * radius, 2 * radius);
    else {
      context.beginPath();
      context.arc(px, py, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }
};

export const paintPoleRings: Paint<GroundLook> = (shapes, canvas) => {
  const { context, x, y, metresPerPixel, pixelRatio } = canvas;
  const { width, height } = context.canvas;
  const size = SIZES[zoomClassOf(metresPerPixel)].pole;
  const reach = (size + 4) * pixelRatio;
  context.globalAlpha = 1;
  context.setLineDash([]);
  for (const {
    projected: [mapX = 0, mapY = 0],
    look: { colour, halo, isOfDesign },
  } of shapes) {
    const [px, py] = [x(mapX), y(mapY)];
    if (px < -reach || py < -reach || px > width + reach || py > height + reach) continue;
    const isRing = isOfDesign || size >= SMALLEST_RING;
    const radius = (isOfDesign ? size + 1.8 : size) * pixelRatio;
    context.beginPath();
    context.arc(px, py, radius, 0, 2 * Math.PI);
    context.fillStyle = isOfDesign || !isRing ? colour : halo;
    context.fill();
    if (!isRing) continue;
    context.strokeStyle = isOfDesign ? halo : colour;
    context.lineWidth = (isOfDesign ? 1.5 : 1.1) * pixelRatio;
    context.stroke();
  }
};
