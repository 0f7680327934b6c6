/** The small outlines on the buttons of a run's page: 16 px, 1.4 px wide, in the colour of the text. */

const PATHS = {
  back: 'M10 3L5 8l5 5',
  up: 'M3 10l5-5 5 5',
  down: 'M3 6l5 5 5-5',
  next: 'M6 3l5 5-5 5',
  copy: 'M5.500 5.500V3h7.500v7.500h-2.500M3 5.500h7.500V13H3z',
  compare: 'M5 13V3M2.500 5.500L5 3l2.500 2.500M11 3v10M8.500 10.500L11 13l2.500-2.500',
  download: 'M8 2.500v7.500M4.500 7L8 10.500 11.500 7M3 13h10',
  search: 'M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.500 10.500L13.500 13.500',
  zoom: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3M8 6v4M6 8h4',
} as const;

export type IconName = keyof typeof PATHS;

/** These point along the direction of reading, so a page from right to left mirrors them. */
const MIRRORED: ReadonlySet<IconName> = new Set(['back', 'next']);

/** An icon for a button that has a name of its own. */
export function Icon({ name, direction }: { name: IconName; direction?: 'ltr' | 'rtl' }) {
  const mirrored = direction === 'rtl' && MIRRORED.has(name);
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      style={{ display: 'block', transform: mirrored ? 'scaleX(-1)' : undefined }}
    >
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
