import { distance, type PlanLine, type PlanPoint } from './plane.ts';
import type { Random } from './random.ts';

/**
 * The ground a town grows on: where its squares bend, where it ends, and what lies in between. Everything is a
 * function of the place, so streets that meet still meet after the bending.
 */
export interface Ground {
  /** About how far the town reaches from its centre, in metres. */
  radius: number;
  /** From the plan of a surveyor to the plan that history left. */
  bend(point: PlanPoint): PlanPoint;
  isInTown(point: PlanPoint): boolean;
  /** The river with its banks, and the park: no houses, no side streets. */
  isOpen(point: PlanPoint): boolean;
}

const RIVER_HALF_WIDTH = 34;

export function layGround(radius: number, random: Random): Ground {
  const angle = (random() - 0.5) * 0.9;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const twist = (random() - 0.5) * 0.7;
  const wave = (length: number, height: number) => {
    const [phase, direction] = [random() * 2 * Math.PI, random() * 2 * Math.PI];
    const [kx, ky] = [Math.cos(direction), Math.sin(direction)];
    return ([x, y]: PlanPoint) => height * Math.sin(((x * kx + y * ky) / length) * 2 * Math.PI + phase);
  };
  const eastWaves = [wave(850, 26), wave(430, 13), wave(170, 4)];
  const northWaves = [wave(760, 26), wave(390, 13), wave(150, 4)];
  const sum = (waves: ((p: PlanPoint) => number)[], p: PlanPoint) => waves.reduce((all, w) => all + w(p), 0);

  const bend = ([x, y]: PlanPoint): PlanPoint => {
    // Half way from a square to a disc: rows far out curve round the centre, as ring roads do.
    const reach = 2.2 * radius * radius;
    const round = 0.75;
    const bx = x * (1 - round + round * Math.sqrt(Math.max(0.2, 1 - (y * y) / reach / 2)));
    const by = y * (1 - round + round * Math.sqrt(Math.max(0.2, 1 - (x * x) / reach / 2)));
    const turn = angle + (twist * Math.hypot(bx, by)) / (radius + 300);
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const turned: PlanPoint = [bx * c - by * s, bx * s + by * c];
    return [turned[0] + sum(eastWaves, turned), turned[1] + sum(northWaves, turned)];
  };

  const [lobes3, lobes5] = [random() * 2 * Math.PI, random() * 2 * Math.PI];
  const isInTown = (point: PlanPoint) => {
    const theta = Math.atan2(point[1], point[0]);
    const edge = 1 + 0.1 * Math.sin(3 * theta + lobes3) + 0.07 * Math.sin(5 * theta + lobes5);
    return Math.hypot(point[0], point[1]) < radius * edge;
  };

  const riverOffset = -radius * (0.3 + 0.12 * random());
  const meander = wave(radius * 1.3, radius * 0.09);
  const park: PlanPoint = [radius * (0.25 + 0.2 * random()), radius * (0.2 + 0.2 * random())];
  const parkRadius = radius * 0.12;
  const isOpen = (point: PlanPoint) => {
    const along = point[0] * cos + point[1] * sin;
    const across = -point[0] * sin + point[1] * cos;
    return (
      Math.abs(across - riverOffset - meander([along, 0])) < RIVER_HALF_WIDTH ||
      distance(point, park) < parkRadius
    );
  };

  return { radius, bend, isInTown, isOpen };
}

export function someOpen(ground: Ground, line: PlanLine): boolean {
  return line.some((point) => ground.isOpen(point));
}
