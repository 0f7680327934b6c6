/** Draws the streets of a generated town: a grid with gaps, cut by the river and the park. */

import { type Ground, someOpen } from './ground.ts';
import type { PlanLine, PlanPoint } from './plane.ts';
import { type Random, shuffled } from './random.ts';
import { createStreetNames } from './streetNames.ts';

export interface PlannedStreet {
  name: string;
  /** Through roads, which also leave the town and cross the river. */
  major: boolean;
  line: PlanLine;
}

/** One block's side, between two crossings of the lattice. */
interface Edge {
  from: string;
  to: string;
  /** Row or column, and where along it: what makes consecutive edges one street. */
  lane: string;
  index: number;
  major: boolean;
  line: PlanPoint[];
}

const SAMPLE_METRES = 22;
const LONGEST_SIDE_STREET = 6;

/** Lattice lines from the centre outwards: narrow blocks in the old town, wide ones at the edge. */
function spacing(reach: number, inner: number, outer: number, random: Random): number[] {
  const side = () => {
    const lines: number[] = [];
    for (let at = 0; at < reach; ) {
      at += (inner + (outer - inner) * Math.min(1, at / 500)) * (0.82 + 0.36 * random());
      lines.push(at);
    }
    return lines;
  };
  const below = side().map((at) => -at);
  return [...below.reverse(), 0, ...side()];
}

function latticeEdges(ground: Ground, random: Random): Edge[] {
  const reach = ground.radius * 1.45;
  const columns = spacing(reach, 82, 145, random);
  const rows = spacing(reach, 52, 84, random);
  const [mainColumn, mainRow] = [columns.indexOf(0), rows.indexOf(0)];
  // Besides the crossing in the centre, roads that pass at some distance.
  const majorRows = new Set([mainRow, mainRow + 6, mainRow - 8]);
  const majorColumns = new Set([mainColumn, mainColumn + 5, mainColumn - 4]);
  const edges: Edge[] = [];
  const add = (a: [number, number], b: [number, number], lane: string, index: number, major: boolean) => {
    const [ax, ay, bx, by] = [columns[a[0]], rows[a[1]], columns[b[0]], rows[b[1]]];
    if (ax === undefined || ay === undefined || bx === undefined || by === undefined) return;
    const parts = Math.max(2, Math.ceil(Math.hypot(bx - ax, by - ay) / SAMPLE_METRES));
    const line = Array.from({ length: parts + 1 }, (_, part) =>
      ground.bend([ax + ((bx - ax) * part) / parts, ay + ((by - ay) * part) / parts]),
    );
    edges.push({ from: a.join(), to: b.join(), lane, index, major, line });
  };
  rows.forEach((_, row) => {
    columns.forEach((_, column) => {
      add([column, row], [column + 1, row], `row ${row}`, column, majorRows.has(row));
      add([column, row], [column, row + 1], `column ${column}`, row, majorColumns.has(column));
    });
  });
  return edges.filter(({ line, major }) => {
    const inTown = line.every((point) => ground.isInTown(point));
    return inTown ? major || !someOpen(ground, line) : major && line.some((point) => ground.isInTown(point));
  });
}

/** Takes away some of the side streets, never one that others need to be reached: blocks of unlike sizes. */
function thinOut(edges: Edge[], random: Random): Edge[] {
  const parents = new Map<string, string>();
  const root = (node: string): string => {
    const parent = parents.get(node) ?? node;
    if (parent === node) return node;
    const top = root(parent);
    parents.set(node, top);
    return top;
  };
  const ordered = [
    ...edges.filter((edge) => edge.major),
    ...shuffled(
      edges.filter((e) => !e.major),
      random,
    ),
  ];
  const kept = ordered.filter((edge) => {
    const [a, b] = [root(edge.from), root(edge.to)];
    if (a !== b) parents.set(a, b);
    return a !== b || edge.major || random() < 0.55;
  });
  // Streets that the river or the park cut off do not belong to the town.
  const sizes = new Map<string, number>();
  for (const edge of kept) sizes.set(root(edge.from), (sizes.get(root(edge.from)) ?? 0) + 1);
  const largest = [...sizes].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0])[0];
  return kept.filter((edge) => root(edge.from) === largest);
}

export function planStreets(ground: Ground, random: Random): PlannedStreet[] {
  const edges = thinOut(latticeEdges(ground, random), random);
  edges.sort((a, b) => (a.lane === b.lane ? a.index - b.index : a.lane < b.lane ? -1 : 1));
  const names = createStreetNames(random);
  const streets: { lane: string; end: number; blocks: number; major: boolean; line: PlanPoint[] }[] = [];
  for (const edge of edges) {
    const last = streets.at(-1);
    const goesOn =
      last?.lane === edge.lane &&
      last.end === edge.index &&
      (last.major || last.blocks < LONGEST_SIDE_STREET);
    if (last && goesOn) {
      last.line.push(...edge.line.slice(1));
      last.end++;
      last.blocks++;
    } else {
      const { lane, index, major, line } = edge;
      streets.push({ lane, end: index + 1, blocks: 1, major, line: [...line] });
    }
  }
  return streets.map(({ major, line }) => ({ name: major ? names.main() : names.side(), major, line }));
}
