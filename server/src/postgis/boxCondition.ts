import type { BoundingBox } from '../../../src/contract/index.ts';

/**
 * SQL for a geometry whose bounds meet one of the boxes, on the spatial index; pushes the corners to `values`. The
 * index keeps bounds in single precision, rounded outwards: a few more come along, which the caller leaves out. A box
 * whose west is east of its east crosses the antimeridian.
 */
export function boxCondition(boxes: readonly BoundingBox[], values: unknown[]): string {
  const parts = boxes
    .flatMap(([west, south, east, north]): BoundingBox[] =>
      west <= east
        ? [[west, south, east, north]]
        : [
            [west, south, 180, north],
            [-180, south, east, north],
          ],
    )
    .map((box) => {
      const first = values.length + 1;
      values.push(...box);
      return `geometry && ST_MakeEnvelope($${first}, $${first + 1}, $${first + 2}, $${first + 3}, 4326)`;
    });
  return `(${parts.join(' OR ')})`;
}
