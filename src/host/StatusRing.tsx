import { theme } from 'antd';
import type { ButtonBadge, ButtonStatus } from './contract.ts';
import { useLessMotion } from './useLessMotion.ts';

/** Between the image of the button and the outer edge of the ring, in CSS pixels. */
const DISTANCE = 6;
/** The ring is drawn in a box of 32 by 32. */
const SIZE = 32;
const RADIUS = 14;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** Each end has a shape of its own, so that it is seen without its colour. They are drawn in a box of 16 by 16. */
const SIGNS = {
  succeeded: 'M4.500 8.300l2.400 2.400 4.600-5',
  'partly-succeeded': 'M8 4v4.800M8 11.400v.6',
  failed: 'M5.200 5.200l5.600 5.600M10.800 5.200l-5.600 5.600',
  lost: 'M6 6.200a2 2 0 1 1 2.600 1.900q-.6.3-.6 1.100M8 11.600v.4',
  cancelled: 'M4.800 8h6.400',
} as const;

export interface StatusRingProps {
  status: ButtonStatus;
  /** Width and height of the image that the ring goes around, in CSS pixels. */
  imageSize: number;
}

/**
 * Draws how far a task is around the image of its plugin's button: a ring that fills, turns where nobody knows how far
 * the task is, and stands still in dashes while the task waits. After the end, a mark at the corner says how it ended.
 */
export function StatusRing({ status: { phase, percent, badge }, imageSize }: StatusRingProps) {
  const { token } = theme.useToken();
  const lessMotion = useLessMotion();
  const active = phase === 'waiting' || phase === 'running';
  const colour = {
    waiting: token.colorTextSecondary,
    running: token.colorPrimary,
    succeeded: token.colorSuccess,
    'partly-succeeded': token.colorWarning,
    failed: token.colorError,
    lost: token.colorTextSecondary,
    cancelled: token.colorTextSecondary,
  }[phase];
  const place = { position: 'absolute', pointerEvents: 'none' } as const;
  if (badge) return <Badge {...badge} />;
  if (!active) {
    return (
      <svg
        aria-hidden="true"
        data-status={phase}
        viewBox="0 0 16 16"
        style={{ ...place, width: 14, height: 14, insetInlineEnd: -7, top: -6 }}
      >
        <circle cx="8" cy="8" r="7.500" fill={colour} stroke={token.colorBgContainer} />
        <path
          d={SIGNS[phase]}
          fill="none"
          stroke={token.colorBgContainer}
          strokeWidth="1.800"
          strokeLinecap="round"
        />
      </svg>
    );
  }
  const size = imageSize + 2 * DISTANCE;
  const filled = ((percent ?? 25) / 100) * CIRCUMFERENCE;
  const turns = phase === 'running' && percent === null && token.motion && !lessMotion;
  const circle = {
    cx: SIZE / 2,
    cy: SIZE / 2,
    r: RADIUS,
    fill: 'none',
    strokeWidth: 2,
  };
  return (
    <svg
      aria-hidden="true"
      data-status={phase}
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      style={{
        ...place,
        width: size,
        height: size,
        left: `calc(50% - ${size / 2}px)`,
        top: `calc(50% - ${size / 2}px)`,
      }}
    >
      <circle {...circle} stroke={token.colorFillSecondary} />
      {/* It begins at the top. */}
      <g transform={`rotate(-90 ${SIZE / 2} ${SIZE / 2})`}>
        <circle
          {...circle}
          stroke={colour}
          {...(phase === 'waiting'
            ? { strokeDasharray: CIRCUMFERENCE / 24 }
            : {
                strokeLinecap: 'round',
                strokeDasharray: `${filled} ${CIRCUMFERENCE}`,
                strokeOpacity: filled > 0 ? 1 : 0,
              })}
        >
          {turns ? (
            <animateTransform
              attributeName="transform"
              type="rotate"
              from={`0 ${SIZE / 2} ${SIZE / 2}`}
              to={`360 ${SIZE / 2} ${SIZE / 2}`}
              dur="1.200s"
              repeatCount="indefinite"
            />
          ) : null}
        </circle>
      </g>
    </svg>
  );
}

/** A number at the upper corner of the button. */
function Badge({ text, isError }: ButtonBadge) {
  const { token } = theme.useToken();
  if (text === '') return null;
  return (
    <span
      aria-hidden="true"
      data-badge={isError ? 'error' : 'count'}
      style={{
        position: 'absolute',
        insetBlockStart: -9,
        insetInlineEnd: -11,
        boxSizing: 'border-box',
        minWidth: 16,
        height: 16,
        paddingInline: 4,
        borderRadius: 8,
        background: isError ? token.colorError : token.colorPrimary,
        boxShadow: `0 0 0 2px ${token.colorBgContainer}`,
        color: token.colorTextLightSolid,
        fontSize: token.fontSizeSM - 1,
        fontVariantNumeric: 'tabular-nums',
        fontWeight: 600,
        lineHeight: '16px',
        textAlign: 'center',
        pointerEvents: 'none',
      }}
    >
      {text}
    </span>
  );
}
