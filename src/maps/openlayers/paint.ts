import type { Paint } from './GrowingLayer.ts';

const DASH_PIXELS = [5, 3];

/** Returns the size of a point in pixels: small over a town, full in a street. */
function pointSize(metresPerPixel: number): number {
  if (metresPerPixel > 6) return 1.2;
  if (metresPerPixel > 3) return 1.7;
  return metresPerPixel > 1.2 ? 2.5 : 3.4;
}

/** Returns how opaque lines are: fainter the more of them lie side by side. */
function lineOpacity(metresPerPixel: number): number {
  if (metresPerPixel > 3) return 0.25;
  return metresPerPixel > 1.2 ? 0.38 : 0.63;
}

/**
 * Returns a paint that strokes each line by itself, so that many lines in one place add up. It strokes a line from its
 * far end: if all dashes began at the pole that a task builds from, they would stand in rings around it.
 */
export function linePaint(colour: string, dashed: boolean): Paint {
  const dash = dashed ? DASH_PIXELS : [];
  return (shapes, { context, x, y, metresPerPixel, pixelRatio }) => {
    context.strokeStyle = colour;
    context.globalAlpha = lineOpacity(metresPerPixel);
    context.lineWidth = pixelRatio;
    context.setLineDash(dash.map((length) => length * pixelRatio));
    for (const shape of shapes) {
      context.beginPath();
      for (let i = shape.length - 2; i >= 0; i -= 2) context.lineTo(x(shape[i] ?? 0), y(shape[i + 1] ?? 0));
      context.stroke();
    }
  };
}

/** Returns a paint that draws each point as a filled square. */
export function pointPaint(colour: string): Paint {
  return (shapes, { context, x, y, metresPerPixel, pixelRatio }) => {
    const half = pointSize(metresPerPixel) * 0.92 * pixelRatio;
    context.fillStyle = colour;
    for (const shape of shapes) {
      context.fillRect(x(shape[0] ?? 0) - half, y(shape[1] ?? 0) - half, 2 * half, 2 * half);
    }
  };
}
