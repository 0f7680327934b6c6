// Finds what a task has drawn at a place on a map, for a click.
import type { GeoFeature, Position } from '../../contract/index.ts';
import { positionsOf } from '../../contract/index.ts';
import type { TaskPick } from '../../host/contract.ts';
import { type FailureMark, joinMarks } from './marks.ts';
import { METRES_PER_DEGREE } from './metresPerPixelAt.ts';
import { kindOf } from './symbology.ts';

/** A click may miss by so many pixels. */
const REACH = { mark: 12, point: 7, line: 4 };

/** A task whose features a user may click. */
interface Pickable {
  readonly id: string;
  readonly features: ReadonlyMap<string, GeoFeature>;
}

/**
 * Returns what lies at a position: the mark of a failed item, else the nearest point of a task, else its nearest line. Undefined
 * where there is nothing. It measures every feature, so it is for clicks and not for each move of the pointer.
 */
export function pickTask(
  at: Position,
  metresPerPixel: number,
  tasks: Iterable<Pickable>,
  failures: readonly FailureMark[],
): TaskPick | undefined {
  // Pixels around the click.
  const north = METRES_PER_DEGREE / metresPerPixel;
  const east = north * Math.cos((at[1] * Math.PI) / 180);
  const project = ([longitude, latitude]: Position): [x: number, y: number] => [
    (((((longitude - at[0] + 540) % 360) + 360) % 360) - 180) * east,
    (latitude - at[1]) * north,
  ];
  const mark = nearestMark(failures, project);
  if (mark) return mark;
  let best: TaskPick | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const { id: taskId, features } of tasks) {
    for (const { id: featureId, geometry } of features.values()) {
      const isPoint = geometry.type === 'Point';
      const distance = distanceTo(positionsOf(geometry.coordinates).map(project));
      if (distance > (isPoint ? REACH.point : REACH.line)) continue;
      const rank = isPoint ? distance : distance + REACH.point;
      if (rank >= bestDistance) continue;
      best = { taskId, featureId };
      bestDistance = rank;
    }
  }
  return best;
}

/**
 * Returns the drop of a task that is nearest to a place. It allocates nothing for a drop that is far away, so that it can follow the
 * pointer over 20,000 of them.
 */
export function dropAt(
  at: Position,
  metresPerPixel: number,
  tasks: Iterable<Pickable>,
): { taskId: string; feature: GeoFeature } | undefined {
  const north = METRES_PER_DEGREE / metresPerPixel;
  const east = north * Math.cos((at[1] * Math.PI) / 180);
  // A map may show another world than the first one.
  const longitude = ((((at[0] + 180) % 360) + 360) % 360) - 180;
  let best: { taskId: string; feature: GeoFeature } | undefined;
  let bestDistance = REACH.line;
  for (const { id: taskId, features } of tasks) {
    for (const feature of features.values()) {
      if (feature.geometry.type !== 'LineString' || kindOf(feature) !== 'drop') continue;
      let from: Position | undefined;
      for (const to of feature.geometry.coordinates) {
        if (from) {
          const distance = distanceToPart(
            (from[0] - longitude) * east,
            (from[1] - at[1]) * north,
            (to[0] - longitude) * east,
            (to[1] - at[1]) * north,
          );
          if (distance < bestDistance) {
            best = { taskId, feature };
            bestDistance = distance;
          }
        }
        from = to;
      }
    }
  }
  return best;
}

function nearestMark(
  failures: readonly FailureMark[],
  project: (at: Position) => [x: number, y: number],
): TaskPick | undefined {
  const joined = joinMarks(failures, project)
    .map((mark) => ({ ...mark, distance: Math.hypot(mark.x, mark.y) }))
    .sort((a, b) => a.distance - b.distance);
  const [nearest] = joined;
  const taskId = nearest?.marks[0]?.taskId;
  if (!nearest || taskId === undefined || nearest.distance > REACH.mark) return undefined;
  const itemIds = nearest.marks
    .filter((mark) => mark.taskId === taskId)
    .map(({ itemId, at }) => ({ itemId, distance: Math.hypot(...project(at)) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ itemId }) => itemId);
  return { taskId, itemIds };
}

/** Returns the distance of the origin from a point, or from a line. */
function distanceTo(line: readonly [x: number, y: number][]): number {
  let best = Number.POSITIVE_INFINITY;
  let [fromX, fromY] = line[0] ?? [best, best];
  for (const [x, y] of line) {
    best = Math.min(best, distanceToPart(fromX, fromY, x, y));
    [fromX, fromY] = [x, y];
  }
  return best;
}

/** Returns the distance of the origin from a straight part of a line. */
function distanceToPart(fromX: number, fromY: number, x: number, y: number): number {
  const [dx, dy] = [x - fromX, y - fromY];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * dx + fromY * dy) / squared));
  return Math.hypot(fromX + along * dx, fromY + along * dy);
}
