import { theme } from 'antd';
import { useLessMotion } from '../host/useLessMotion.ts';
import type { ShownState } from '../parts/stateOf.ts';

export interface ProgressBarProps {
  state: ShownState;
  /** 0 to 100; null where nobody knows how far the task is. */
  percent: number | null;
}

/** Draws how far a task is, 4 px high. It is hidden from screen readers: the row's name has the percent. */
export function ProgressBar({ state, percent }: ProgressBarProps) {
  const { token } = theme.useToken();
  const moves = !useLessMotion() && token.motion;
  const isStriped = state === 'cancelling';
  const isOld = state === 'reconnecting';
  const isKnown = percent !== null;
  return (
    <span
      aria-hidden="true"
      data-bar={state}
      style={{
        display: 'block',
        height: 4,
        marginBlock: '5px 4px',
        overflow: 'hidden',
        borderRadius: 2,
        background: token.colorFillSecondary,
      }}
    >
      <span
        style={{
          display: 'block',
          width: isStriped || !isKnown ? '100%' : `${percent}%`,
          height: 4,
          borderRadius: 2,
          background: isStriped
            ? `repeating-linear-gradient(120deg, ${token.colorTextSecondary} 0 4px, transparent 4px 8px)`
            : isOld
              ? token.colorTextSecondary
              : token.colorPrimary,
          opacity: isStriped ? 0.55 : isOld ? 0.5 : isKnown ? 1 : 0.25,
          ...(moves && { transition: 'width 300ms linear' }),
        }}
      />
    </span>
  );
}
