import type { EquipmentSign } from './symbology.ts';

/** Adds the outline of a sign of equipment to the path of a canvas. */
export function traceSign(
  context: CanvasRenderingContext2D,
  sign: EquipmentSign,
  x: number,
  y: number,
  radius: number,
): void {
  const corners = (count: number, turn: number) => {
    for (let corner = 0; corner < count; corner++) {
      const angle = turn + (2 * Math.PI * corner) / count;
      const [px, py] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      if (corner === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
    context.closePath();
  };
  if (sign === 'triangle') corners(3, -Math.PI / 2);
  else if (sign === 'hexagon') corners(6, 0);
  else if (sign === 'capsule') context.roundRect(x - radius, y - radius / 2, 2 * radius, radius, radius / 2);
  else if (sign === 'frame') context.rect(x - radius * 0.8, y - radius * 0.8, 1.6 * radius, 1.6 * radius);
  else {
    // A house of fibres: a square that stands on a corner would be a failed item.
    context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    context.moveTo(x - radius / 2, y);
    context.lineTo(x + radius / 2, y);
  }
}
