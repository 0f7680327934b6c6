import type { Row, Section } from './sections.ts';

/** The height of a section's header in CSS pixels. */
export const HEADER_HEIGHT = 24;
/** So many CSS pixels of rows are drawn above and below the part that is seen. */
const OVERSCAN = 240;

/** A row with its place in the list. */
export interface PlacedRow extends Row {
  /** Its place among all rows, from 0. */
  index: number;
  /** The distance from the top of its section, in CSS pixels. */
  top: number;
}

export interface PlacedSection {
  section: Section;
  /** The distance from the top of the list, in CSS pixels. */
  top: number;
  height: number;
  rows: readonly PlacedRow[];
}

export interface ListLayout {
  sections: readonly PlacedSection[];
  height: number;
  /** The rows of all sections in their order. */
  rows: readonly PlacedRow[];
  indexOf: ReadonlyMap<string, number>;
}

/** Computes where each row stands. Heights are fixed, so that nothing has to be measured. */
export function layOut(sections: readonly Section[]): ListLayout {
  const placed: PlacedSection[] = [];
  const rows: PlacedRow[] = [];
  const indexOf = new Map<string, number>();
  let top = 0;
  for (const section of sections) {
    let inside = HEADER_HEIGHT;
    const own = section.rows.map((row): PlacedRow => {
      const at = { ...row, index: rows.length, top: inside };
      inside += row.height;
      indexOf.set(row.id, at.index);
      rows.push(at);
      return at;
    });
    placed.push({ section, top, height: inside, rows: own });
    top += inside;
  }
  return { sections: placed, height: top, rows, indexOf };
}

/**
 * The rows of a section that are to be drawn: those that are seen, a few around them, and the one at `kept`, so that a row
 * that has the focus never goes away.
 */
export function drawnRows(
  { rows, top }: PlacedSection,
  view: { top: number; height: number },
  kept: number,
): PlacedRow[] {
  const from = view.top - OVERSCAN - top;
  const to = view.top + view.height + OVERSCAN - top;
  const first = firstAfter(rows, from);
  const drawn: PlacedRow[] = [];
  for (let at = first; at < rows.length; at += 1) {
    const row = rows[at];
    if (!row || row.top > to) break;
    drawn.push(row);
  }
  const focused = rows[kept - (rows[0]?.index ?? 0)];
  if (focused && !drawn.includes(focused)) {
    if (focused.index < (drawn[0]?.index ?? Number.POSITIVE_INFINITY)) drawn.unshift(focused);
    else drawn.push(focused);
  }
  return drawn;
}

/** The index of the first row that ends below `y`. */
function firstAfter(rows: readonly PlacedRow[], y: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && row.top + row.height <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place to scroll to, so that a row is seen below the sticky header. Undefined where it is seen already. */
export function scrollFor(
  layout: ListLayout,
  index: number,
  view: { top: number; height: number },
): number | undefined {
  const row = layout.rows[index];
  const section = layout.sections.find(({ rows }) => row && rows.includes(row));
  if (!row || !section) return undefined;
  const top = section.top + row.top;
  if (top - HEADER_HEIGHT < view.top) return top - HEADER_HEIGHT;
  if (top + row.height > view.top + view.height) return top + row.height - view.height;
  return undefined;
}
