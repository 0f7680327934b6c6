import { theme } from 'antd';
import type { ReactNode } from 'react';

/** The row of buttons below a phase: wraps where long words or a narrow window need it. */
export function Actions({ children }: { children: ReactNode }) {
  const { token } = theme.useToken();
  return (
    <div
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        justifyContent: 'flex-end',
        gap: token.marginSM,
        marginBlockStart: token.margin,
      }}
    >
      {children}
    </div>
  );
}
