import { LineString } from 'ol/geom.js';

/** Letters of these scripts join, and OpenLayers draws a name along a bend in pieces: that would take words apart. */
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}]/u;

/** Returns true where a name has to be drawn in one piece. */
export const isJoined = (name: string): boolean => JOINED.test(name);

/** Returns a straight line through the middle of a street, as long as the street, for the name to stand on. */
export function straightened(street: LineString): LineString {
  const [x = 0, y = 0] = street.getCoordinateAt(0.5);
  const [fromX = 0, fromY = 0] = street.getCoordinateAt(0.4);
  const [toX = 0, toY = 0] = street.getCoordinateAt(0.6);
  const chord = Math.hypot(toX - fromX, toY - fromY);
  if (chord === 0) return street;
  const scale = street.getLength() / 2 / chord;
  const [dx, dy] = [(toX - fromX) * scale, (toY - fromY) * scale];
  return new LineString([
    [x - dx, y - dy],
    [x + dx, y + dy],
  ]);
}
