import type { LegendSign } from './legend.ts';

/** The outlines of the signs of equipment, as src/maps/base/traceSign.ts draws them. */
const OUTLINES: Partial<Record<LegendSign, string>> = {
  fiber_odf: 'M2 2h10v10H2zM4.5 7h5',
  fiber_splitter: 'M7 1.5 12.5 11h-11z',
  fiber_terminal: 'M12.5 7 9.75 11.75h-5.5L1.5 7l2.75-4.75h5.5z',
  splice_closure: 'M4.25 4.25h5.5a2.75 2.75 0 0 1 0 5.5h-5.5a2.75 2.75 0 0 1 0-5.5z',
  handhole: 'M2.75 2.75h8.5v8.5h-8.5z',
};
const HOLLOW: ReadonlySet<LegendSign> = new Set(['fiber_odf', 'handhole']);

/** The picture of a sign beside its word. */
export function LegendMark({ sign }: { sign: LegendSign }) {
  const outline = OUTLINES[sign];
  if (!outline) return <span className={`map-sign map-sign-${sign}`} />;
  return (
    <svg width="11" height="11" viewBox="0 0 14 14" className="map-sign-outline" aria-hidden="true">
      <path
        d={outline}
        fill={HOLLOW.has(sign) ? 'none' : 'var(--map-committed)'}
        stroke="var(--map-committed)"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
    </svg>
  );
}
