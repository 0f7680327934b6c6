import { theme } from 'antd';
import type { ReactNode } from 'react';
import { StateIcon } from './StateIcon.tsx';
import type { ShownState } from './stateOf.ts';

export interface PhaseHeadingProps {
  state: ShownState;
  percent?: number | null;
  /** Stands after the words. */
  chip?: ReactNode;
  children: ReactNode;
}

/** Says what a phase is about. It takes the focus when the phase begins, if the focus was in the dialog. */
export function PhaseHeading({ state, percent, chip, children }: PhaseHeadingProps) {
  const { token } = theme.useToken();
  // The icon stands in the middle of the first line, however many lines the words need.
  const middle = {
    display: 'flex',
    alignItems: 'center',
    flex: 'none',
    height: `${token.lineHeight}em`,
  } as const;
  return (
    <h2
      data-phase-heading=""
      tabIndex={-1}
      style={{
        display: 'flex',
        gap: token.marginXS,
        minWidth: 0,
        margin: 0,
        outline: 'none',
        color: token.colorText,
        fontSize: token.fontSize,
        fontWeight: 600,
        lineHeight: token.lineHeight,
        overflowWrap: 'anywhere',
      }}
    >
      <span style={middle}>
        <StateIcon state={state} percent={percent} />
      </span>
      <span>{children}</span>
      {chip ? <span style={middle}>{chip}</span> : null}
    </h2>
  );
}
