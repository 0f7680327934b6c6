import type { Position } from '../../../src/contract/index.ts';

/** A position on Earth in degrees. A longitude may have gone on over the antimeridian: 180.002 is -179.998. */
export function isPlace(position: unknown): position is Position {
  if (!Array.isArray(position)) return false;
  const [longitude, latitude]: unknown[] = position;
  return (
    typeof longitude === 'number' &&
    typeof latitude === 'number' &&
    Math.abs(longitude) <= 360 &&
    Math.abs(latitude) <= 90
  );
}
