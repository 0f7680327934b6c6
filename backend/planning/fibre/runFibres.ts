import type { Fibre, PlanCable, PlanSplice } from '../Plan.ts';
import type { PlanWork } from '../PlanWork.ts';
import type { PlanRules } from '../rules.ts';
import type { FibreTree } from './FibreTree.ts';
import { type LaidCables, layCables } from './layCables.ts';
import { cutSections, type Sections, sectionsBetween } from './sections.ts';

/** Two nodes of the net that a fibre must join. */
export interface Circuit {
  from: number;
  to: number;
}

export interface FibreRun {
  cables: LaidCables['cables'];
  /** By circuit: its fibres, in order. Empty: its ends are one node. */
  feeders: Fibre[][];
  distribution: Fibre[][];
  /** At nodes of the net. */
  splices: PlanSplice[];
}

/** Gives each circuit a fibre in each section on its way, and lays the cables that hold them. */
export async function runFibres(
  tree: FibreTree,
  feeders: readonly Circuit[],
  distribution: readonly Circuit[],
  isOccupied: (node: number) => boolean,
  rules: PlanRules,
  work: PlanWork,
): Promise<FibreRun> {
  const sections = cutSections(tree, isOccupied);
  const run: FibreRun = { cables: [], feeders: [], distribution: [], splices: [] };
  const kinds = [
    ['feeder', feeders, run.feeders],
    ['distribution', distribution, run.distribution],
  ] as const;
  for (const [kind, circuits, ways] of kinds) {
    await work.pause(kind === 'feeder' ? 2 : 3, 10);
    runKind(kind, circuits, ways, sections, rules, run);
  }
  return run;
}

function runKind(
  kind: PlanCable['kind'],
  circuits: readonly Circuit[],
  ways: Fibre[][],
  sections: Sections,
  rules: PlanRules,
  run: FibreRun,
): void {
  const circuitsOf: number[][] = sections.list.map(() => []);
  const sectionsOf = circuits.map(({ from, to }) => sectionsBetween(sections, from, to));
  for (const [circuit, list] of sectionsOf.entries())
    for (const section of list) circuitsOf[section]?.push(circuit);
  const { bundleOf } = layCables(kind, sections, circuitsOf, rules, run.cables);
  for (const [circuit, list] of sectionsOf.entries()) {
    const way: Fibre[] = [];
    let before: number | undefined;
    for (const section of list) {
      const fibre = bundleOf[section]?.fibreOf.get(circuit);
      if (!fibre) throw new Error(`circuit ${circuit} has no fibre in section ${section}`);
      const last = way.at(-1);
      if (last && (last.cable !== fibre.cable || last.fibre !== fibre.fibre)) {
        const node = meetingOfSections(sections, before ?? section, section);
        run.splices.push({ node, from: last, to: fibre });
      }
      if (!last || last.cable !== fibre.cable) way.push(fibre);
      before = section;
    }
    ways.push(way);
  }
}

/** The node that two sections which follow each other on a way have both. */
function meetingOfSections({ list }: Sections, a: number, b: number): number {
  const [one, other] = [list[a]?.nodes ?? [], list[b]?.nodes ?? []];
  const isEnd = (node: number | undefined) =>
    node !== undefined && (node === other[0] || node === other.at(-1));
  const node = isEnd(one[0]) ? one[0] : one.at(-1);
  if (node === undefined) throw new Error(`the sections ${a} and ${b} do not meet`);
  return node;
}
