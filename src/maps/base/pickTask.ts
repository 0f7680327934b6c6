// Finds what a task has drawn at a place on a map, for a click.
import type { GeoFeature, Position } from '../../contract/index.ts';
import { positionsOf } from '../../contract/index.ts';
import type { TaskPick } from '../../host/contract.ts';
import { type FailureMark, joinMarks } from './marks.ts';

/** A click may miss by so many pixels. */
const REACH = { mark: 12, point: 7, line: 4 };
/** On the sphere of Web Mercator. */
const METRES_PER_DEGREE = 111_320;

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
    const [dx, dy] = [x - fromX, y - fromY];
    const squared = dx * dx + dy * dy;
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * dx + fromY * dy) / squared));
    best = Math.min(best, Math.hypot(fromX + along * dx, fromY + along * dy));
    [fromX, fromY] = [x, y];
  }
  return best;
}
