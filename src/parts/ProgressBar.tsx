import { theme } from 'antd';
import { type CSSProperties, useEffect, useRef } from 'react';
import { useLessMotion } from '../host/useLessMotion.ts';
import { colourOf } from './StateIcon.tsx';
import type { ShownState } from './stateOf.ts';

export interface ProgressBarProps {
  /** 0 to 100; null: nobody knows how far the task is. */
  percent: number | null;
  state: ShownState;
  /** The name of the bar for a screen reader. */
  label: string;
}

/** After so many CSS pixels in the direction of the bar, its stripes repeat. */
const PERIOD = 8 / Math.sin(Math.PI / 3);

/**
 * Draws how far a task is, 4 pixels high. It has stripes where nobody knows how far the task is and while it is being
 * cancelled; it is grey while the connection is lost.
 *
 * It is no antd Progress, which is higher, has other parts in each major version, and moves whatever the theme says.
 */
export function ProgressBar({ percent, state, label }: ProgressBarProps) {
  const { token } = theme.useToken();
  const moves = !useLessMotion() && token.motion;
  const bar = useRef<HTMLDivElement>(null);
  const unknown = percent === null && state === 'running';
  const striped = unknown || state === 'cancelling';
  useEffect(() => {
    if (!unknown || !moves) return;
    const animation = bar.current?.animate?.(
      { backgroundPositionX: ['0px', `${PERIOD}px`] },
      { duration: 600, iterations: Number.POSITIVE_INFINITY },
    );
    return () => animation?.cancel();
  }, [unknown, moves]);
  const own = colourOf(state, token);
  const fill: CSSProperties = {
    height: '100%',
    width: `${striped ? 100 : Math.floor(percent ?? 0)}%`,
    borderRadius: 2,
    transition: moves ? 'width 300ms linear' : undefined,
    ...(striped
      ? {
          backgroundImage: `repeating-linear-gradient(120deg, ${own} 0 4px, transparent 4px 8px)`,
          backgroundSize: `${PERIOD}px 100%`,
        }
      : { background: own }),
    // The bar may be out of date.
    opacity: state === 'reconnecting' ? 0.5 : undefined,
  };
  return (
    <div
      role="progressbar"
      aria-label={label}
      // From 0 to 100, which is what the role says by itself.
      aria-valuenow={percent === null ? undefined : Math.floor(percent)}
      style={{
        flex: 1,
        height: 4,
        borderRadius: 2,
        overflow: 'hidden',
        background: token.colorFillSecondary,
      }}
    >
      <div ref={bar} style={fill} />
    </div>
  );
}
