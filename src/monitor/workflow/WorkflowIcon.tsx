/** The small outlines of a run view: 16 px, 1.4 px wide, in the colour of the text. */

const PATHS = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2 5.500V2h3.500M10.500 2H14v3.500M14 10.500V14h-3.500M5.500 14H2v-3.500',
  graph:
    'M2.500 5.500h4v5h-4zM10 2.500h3.500v3.500H10zM10 10h3.500v3.500H10zM6.500 7h1.500v-2.700h2M8 7v4.700h2',
  timeline: 'M2.500 3.500h5M6 8h5M9.500 12.500h4',
  table: 'M2 3h12v10H2zM2 6.500h12M2 10h12M6.500 3v10',
  close: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  back: 'M10 3L5 8l5 5',
  fold: 'M3 6l5 5 5-5',
  unfold: 'M3 10l5-5 5 5',
  next: 'M6 3l5 5-5 5',
} as const;

export type WorkflowIconName = keyof typeof PATHS;

/** These point along the direction of reading, so a page from right to left mirrors them. */
const MIRRORED: ReadonlySet<WorkflowIconName> = new Set(['graph', 'timeline', 'back', 'next']);

/** An icon for a button that has a name of its own. */
export function WorkflowIcon({ name, isRtl = false }: { name: WorkflowIconName; isRtl?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ display: 'block', transform: isRtl && MIRRORED.has(name) ? 'scaleX(-1)' : undefined }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
