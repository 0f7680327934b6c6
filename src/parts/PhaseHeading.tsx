import { theme } from 'antd';
import type { ReactNode } from 'react';

export type Outcome = 'running' | 'succeeded' | 'partly-succeeded' | 'failed' | 'lost' | 'cancelled';

const SIGNS: Record<Exclude<Outcome, 'running'>, string> = {
  succeeded: 'M3 8.5l3.5 3.5L13 4.5',
  'partly-succeeded': 'M8 2l6.500 11.500h-13zM8 6.500v3M8 11v.2',
  failed: 'M4 4l8 8M12 4l-8 8',
  // A crossed eye.
  lost: 'M1.500 8q6.500-8 13 0q-6.500 8-13 0zM8 6.500a1.500 1.500 0 1 0 .01 0zM3 13.500l10-11',
  cancelled: 'M3.5 8h9',
};

/** Says what a phase is about. It takes the focus when the phase begins, if the focus was in the dialog. */
export function PhaseHeading({ outcome, children }: { outcome: Outcome; children: ReactNode }) {
  const { token } = theme.useToken();
  const colour = {
    running: token.colorPrimary,
    succeeded: token.colorSuccess,
    'partly-succeeded': token.colorWarning,
    failed: token.colorError,
    lost: token.colorTextSecondary,
    cancelled: token.colorTextSecondary,
  }[outcome];
  return (
    <h2
      data-phase-heading=""
      tabIndex={-1}
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: token.marginXS,
        margin: 0,
        marginBlockEnd: token.marginXS,
        outline: 'none',
        color: token.colorText,
        fontSize: token.fontSizeLG,
        fontWeight: 600,
        lineHeight: token.lineHeightLG,
      }}
    >
      {outcome === 'running' ? null : (
        <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" style={{ flex: 'none' }}>
          <path
            d={SIGNS[outcome]}
            fill="none"
            stroke={colour}
            strokeWidth={outcome === 'lost' ? 1.4 : 2}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      )}
      {children}
    </h2>
  );
}
