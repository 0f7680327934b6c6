import type { PlanInput } from '../../../../backend/planning/PlanInput.ts';
import { geodesic } from '../verify/space.ts';
import { verifyPlan } from '../verify/verifyPlan.ts';
import { Patchwork } from './Patchwork.ts';
import { type PlanRecord, type PlanRecords, pointOf, text } from './PlanRecords.ts';
import { planOfRecords, type RunFacts } from './planOfRecords.ts';

/** Tables whose records have a name of their own. */
const NAMED = [
  'handhole',
  'fiber_odf',
  'splice_closure',
  'fiber_splitter',
  'fiber_terminal',
  'fiber_cable',
] as const;

/**
 * Checks what a run of plan_area_task wrote, from the records alone: it follows each fibre from pin to pin, makes a plan of what it
 * found, and checks that by the verifier of plans. `before`: the records that were there, which must be as they were.
 */
export function verifyRecords(
  input: PlanInput,
  before: PlanRecords,
  after: PlanRecords,
  facts: RunFacts,
): { problems: string[]; boundMetres: number } {
  const problems: string[] = [];
  const say = (problem: string) => {
    if (problems.length < 50) problems.push(problem);
  };
  const isNew = ({ urn }: PlanRecord) => before.get(urn) === undefined;
  for (const record of before.all()) {
    if (JSON.stringify(after.get(record.urn)) !== JSON.stringify(record)) say(`${record.urn} was changed`);
  }
  const patchwork = new Patchwork(after);
  for (const problem of patchwork.problems) say(problem);
  verifyNames(after, isNew, say);
  verifyPlaces(input, after, isNew, say);
  verifyPieces(after, facts, isNew, say);
  const plan = planOfRecords(input, after, patchwork, isNew, facts, say);
  const verdict = verifyPlan(input, plan);
  // Where everybody is served by what was there, or nobody, there is nothing to build.
  const needsNothing = plan.served.every(({ terminal }) => terminal === null);
  for (const problem of verdict.problems) {
    if (!(needsNothing && problem.startsWith('nothing was built'))) say(problem);
  }
  return { problems, boundMetres: verdict.boundMetres };
}

type Say = (problem: string) => void;
type IsNew = (record: PlanRecord) => boolean;

function verifyNames(after: PlanRecords, isNew: IsNew, say: Say): void {
  for (const table of NAMED) {
    const names = new Set<string>();
    for (const record of after.table(table)) {
      const name = text(record, 'name');
      if (isNew(record) && (name === '' || names.has(name))) say(`${record.urn} has the name '${name}'`);
      names.add(name);
    }
  }
}

/** Equipment is where its structure is, wall boxes where their addresses are, and each housing exists. */
function verifyPlaces({ addresses }: PlanInput, after: PlanRecords, isNew: IsNew, say: Say): void {
  const places = new Map(addresses.map(({ id, position }) => [id, position]));
  const structures = new Set<string>();
  for (const handhole of after.table('handhole')) {
    const place = pointOf(handhole)
      .map((value) => value.toFixed(9))
      .join(' ');
    if (isNew(handhole) && structures.has(place)) say(`two handholes are at ${place}`);
    structures.add(place);
  }
  for (const record of after.all().filter(isNew)) {
    const { housing, root_housing } = record.properties;
    for (const urn of [housing, root_housing])
      if (urn !== undefined && !after.get(urn)) say(`${record.urn}: no ${urn}`);
    const root = after.get(root_housing);
    if (record.geometry?.type === 'Point' && root && geodesic(pointOf(record), pointOf(root)) > 0.5)
      say(`${record.urn} is not at ${root.urn}`);
    if (record.table !== 'wall_box') continue;
    const place = places.get(text(record, 'address'));
    if (!place || geodesic(place, pointOf(record)) > 1e-6) say(`${record.urn} is not at its address`);
  }
}

/** The bill names as many pieces as there are new records. */
function verifyPieces(after: PlanRecords, { result }: RunFacts, isNew: IsNew, say: Say): void {
  const quantity = (item: string) =>
    result.bill.lines
      .filter((line) => line.item.startsWith(item))
      .reduce((sum, line) => sum + line.quantity, 0);
  const pieces = [
    ['handhole', 'handhole'],
    ['odf-', 'fiber_odf'],
    ['closure', 'splice_closure'],
    ['splitter-', 'fiber_splitter'],
    ['terminal-', 'fiber_terminal'],
    ['wall-box', 'wall_box'],
    ['ont', 'fiber_ont'],
  ] as const;
  for (const [item, table] of pieces) {
    const there = after.table(table).filter(isNew).length;
    if (quantity(item) !== there) say(`the bill has ${quantity(item)} of ${item}, and there are ${there}`);
  }
}
