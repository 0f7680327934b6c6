import { geodesic } from '../verify/space.ts';
import { Patchwork } from './Patchwork.ts';
import { number, type PlanRecord, type PlanRecords, pointOf, text } from './PlanRecords.ts';

/**
 * Follows the line of every address from its ONT to a frame, whichever plan built which part of it, and returns what is wrong as
 * sentences: a line that ends before, a pin with two connections, a way or a drop with another length than the records say.
 */
export function verifyLines(records: PlanRecords): string[] {
  const patchwork = new Patchwork(records);
  const problems = [...patchwork.problems];
  const boxOf = new Map(records.table('wall_box').map((box) => [box.urn, box]));
  const lengthOf = (cable: string, from: string, to: string) => {
    const segments = patchwork.segmentsOf(cable);
    const ends = segments.map((segment) => [text(segment, 'in_structure'), text(segment, 'out_structure')]);
    const places = [ends[0]?.[0] ?? '', ...ends.map(([, end]) => end ?? '')];
    const [a, b] = [places.indexOf(from), places.indexOf(to)];
    return segments
      .slice(Math.min(a, b), Math.max(a, b))
      .reduce((sum, segment) => sum + number(segment, 'length'), 0);
  };
  for (const ont of records.table('fiber_ont')) {
    const box = boxOf.get(text(ont, 'housing'));
    const wrong = (what: string) => problems.push(`${box ? text(box, 'address') : ont.urn} ${what}`);
    let at: PlanRecord | undefined = ont;
    let [side, pin, metres] = ['in', 1, 0];
    const seen: string[] = [];
    while (at && at.table !== 'fiber_odf' && seen.length < 10) {
      const step = patchwork.follow(at.urn, side, pin);
      for (const { cable, from, to } of step?.way ?? []) metres += lengthOf(cable, from, to);
      at = step && records.get(step.end.urn);
      seen.push(at?.table ?? 'nothing');
      // A terminal passes each fibre on, and a splitter has one input.
      [side, pin] = ['in', at?.table === 'fiber_splitter' ? 1 : (step?.end.pin ?? 1)];
    }
    if (at?.table !== 'fiber_odf') wrong(`is on no frame, but on ${seen.join(', ')}`);
    if (!box) continue;
    if (Math.abs(metres - number(box, 'way_metres')) > 1e-6)
      wrong(`has a way of ${metres} m, and its box says ${number(box, 'way_metres')}`);
    const address = records.get(text(box, 'address'));
    if (address && geodesic(pointOf(address), pointOf(box)) > 1e-6) wrong('has its box elsewhere');
  }
  return problems;
}
