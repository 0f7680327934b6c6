import { type GlobalToken, theme } from 'antd';
import { useLessMotion } from '../host/useLessMotion.ts';
import type { ShownState } from './stateOf.ts';

export interface StateIconProps {
  state: ShownState;
  /** 0 to 100: how far the ring of an active task is filled. Null or left out: nobody knows how far the task is. */
  percent?: number | null | undefined;
  /** Says the state to a screen reader. Leave it out where the word stands beside the icon. */
  label?: string | undefined;
}

const CIRCLE = 'M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13z';
const CLOCK = `${CIRCLE}M8 4.500V8l2.500 1.500`;

/** They are drawn in a box of 16 by 16. The states that are not here are rings. */
const SIGNS: Partial<Record<ShownState, string>> = {
  queued: CLOCK,
  stuck: CLOCK,
  succeeded: `${CIRCLE}M5 8.200l2.200 2.200L11.200 6`,
  'partly-succeeded': 'M8 2L1.500 13.500h13zM8 6.500v3.200M8 11.600h.01',
  failed: `${CIRCLE}M5.700 5.700l4.600 4.600M10.300 5.700l-4.600 4.600`,
  cancelled: `${CIRCLE}M5 8h6`,
  skipped: 'M3 4l4 4-4 4M8 4l4 4-4 4M13.500 4v8',
  lost: 'M2 8s2.200-4 6-4 6 4 6 4-2.200 4-6 4-6-4-6-4zM3 13.500L13 2.500',
};

const RADIUS = 6;
const LENGTH = 2 * Math.PI * RADIUS;
/** The part of a ring that is drawn where nobody knows how far the task is, in percent. */
const UNKNOWN = 25;

/** The sign of a state as an SVG path in a box of 16 by 16. Undefined: the state is a ring. */
export const signOf = (state: ShownState): string | undefined => SIGNS[state];

/** The colour of a state. Only running work, warnings and ends have one of their own. */
export function colourOf(state: ShownState, token: GlobalToken): string {
  const colours: Partial<Record<ShownState, string>> = {
    stuck: token.colorWarning,
    running: token.colorPrimary,
    succeeded: token.colorSuccess,
    'partly-succeeded': token.colorWarning,
    failed: token.colorError,
  };
  return colours[state] ?? token.colorTextSecondary;
}

/**
 * Draws the state of a task: a ring that fills while it is active, and else a shape that is seen without its colour.
 *
 * @example
 * <StateIcon state={stateOf(task)} percent={task.progress.percent} />
 */
export function StateIcon({ state, percent = null, label }: StateIconProps) {
  const { token } = theme.useToken();
  const moves = !useLessMotion() && token.motion;
  const sign = SIGNS[state];
  const color = colourOf(state, token);
  const filled = (Math.min(100, Math.max(0, percent ?? UNKNOWN)) / 100) * LENGTH;
  const circle = { cx: 8, cy: 8, r: RADIUS };
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={!label}
      data-state={state}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={sign ? 1.4 : 2.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none', color }}
    >
      {sign ? (
        <path d={sign} />
      ) : (
        <>
          <circle {...circle} opacity="0.22" />
          {/* It begins at the top. */}
          <g transform="rotate(-90 8 8)">
            <circle
              {...circle}
              strokeDasharray={`${filled} ${LENGTH}`}
              // A round cap would draw a dot where nothing is done yet.
              strokeOpacity={filled > 0 ? 1 : 0}
              style={moves ? { transition: 'stroke-dasharray 200ms' } : {}}
            >
              {state === 'running' && percent === null && moves ? (
                <animateTransform
                  attributeName="transform"
                  type="rotate"
                  from="0 8 8"
                  to="360 8 8"
                  dur="1.200s"
                  repeatCount="indefinite"
                />
              ) : null}
            </circle>
          </g>
        </>
      )}
    </svg>
  );
}
