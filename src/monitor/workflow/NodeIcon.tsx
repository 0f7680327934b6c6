/** The icon of a node's state. A graph has a thousand of them, so it asks for no theme of its own. */
import { memo } from 'react';
import { signOf } from '../../parts/StateIcon.tsx';
import type { ShownState } from '../../parts/stateOf.ts';

const RADIUS = 6;
const LENGTH = 2 * Math.PI * RADIUS;

export interface NodeIconProps {
  state: ShownState;
  colour: string;
  /** 0 to 100, for a ring. */
  percent?: number | null | undefined;
  size?: number;
  /** Arabic mirrors the sign of a skipped task, which points along the direction of reading. */
  isRtl?: boolean;
}

export const NodeIcon = memo(function NodeIcon({ state, colour, percent, size = 16, isRtl }: NodeIconProps) {
  const sign = signOf(state);
  const filled = (Math.min(100, Math.max(0, percent ?? 25)) / 100) * LENGTH;
  return (
    <svg
      aria-hidden="true"
      data-state={state}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke={colour}
      strokeWidth={sign ? 1.4 : 2.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none', ...(isRtl && state === 'skipped' && { transform: 'scaleX(-1)' }) }}
    >
      {sign ? (
        <path d={sign} />
      ) : (
        <>
          <circle cx={8} cy={8} r={RADIUS} opacity={0.22} />
          <circle
            cx={8}
            cy={8}
            r={RADIUS}
            transform="rotate(-90 8 8)"
            strokeDasharray={`${filled} ${LENGTH}`}
            strokeOpacity={filled > 0 ? 1 : 0}
          />
        </>
      )}
    </svg>
  );
});
