/** Draws the printed map of a report, with its legend and its scale. */

import { useHandoverWords } from '../../../handover/HandoverWords.tsx';
import type { HandoverMessageKey } from '../../../locales/handover/en.ts';
import { formatLength } from '../../../locales/intl.ts';
import type { MapKind, MapLines } from './MapLines.ts';

const WIDTH = 680;
const MOST_HEIGHT = 600;
/** The scale stands below the drawing. */
const SCALE_HEIGHT = 30;

/** The kinds differ on a printer without colours as well: by width, by dashes, by size. */
const LOOK: Readonly<
  Record<MapKind, { stroke: string; width: number; dashes?: string; word: HandoverMessageKey }>
> = {
  drop: { stroke: '#8a8a8a', width: 0.5, word: 'report_legend_drop' },
  span: { stroke: '#0b57b5', width: 1.4, word: 'report_legend_span' },
  street: { stroke: '#0b57b5', width: 1.4, dashes: '5 3', word: 'report_legend_street' },
  address: { stroke: '#767676', width: 1.6, word: 'report_legend_address' },
  structure: { stroke: '#1c1c1c', width: 3, word: 'report_legend_structure' },
  splitter: { stroke: '#c2410c', width: 6, word: 'report_legend_splitter' },
  feed: { stroke: '#a21caf', width: 11, word: 'report_legend_feed' },
};

export function ReportMap({ lines }: { lines: MapLines }) {
  const { msg, language, direction } = useHandoverWords();
  const { height, paths, scale } = lines.draw(WIDTH, MOST_HEIGHT);
  const whole = Math.round(height + SCALE_HEIGHT);
  const strokeOf = (kind: MapKind) => {
    const { stroke, width, dashes } = LOOK[kind];
    return {
      fill: 'none',
      stroke,
      strokeWidth: width,
      strokeLinecap: dashes ? ('butt' as const) : ('round' as const),
      ...(dashes && { strokeDasharray: dashes }),
    };
  };
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${whole}`} role="img" aria-label={msg('report_map')} direction="ltr">
        {paths.map(({ kind, d }) => (
          <path key={kind} d={d} {...strokeOf(kind)} />
        ))}
        <g transform={`translate(12 ${whole - 10})`}>
          <path d={`M0 -6V0H${scale.units.toFixed(1)}V-6`} fill="none" stroke="#1c1c1c" strokeWidth={1.2} />
          <text
            x={scale.units / 2}
            y={-6}
            direction={direction}
            textAnchor="middle"
            fontSize={11}
            fill="#1c1c1c"
            stroke="#fff"
            strokeWidth={3}
            paintOrder="stroke"
          >
            {formatLength(scale.metres, language)}
          </text>
        </g>
      </svg>
      <ul>
        {paths.map(({ kind }) => (
          <li key={kind}>
            <svg viewBox="0 0 22 12" aria-hidden="true">
              <path d={isLine(kind) ? 'M1 6H21' : 'M11 6h0'} {...strokeOf(kind)} />
            </svg>
            {msg(LOOK[kind].word)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

const isLine = (kind: MapKind) => kind === 'drop' || kind === 'span' || kind === 'street';
