import { theme } from 'antd';
import type { ReactNode } from 'react';

interface RunLinkProps {
  /** Says what a click does. */
  label: string;
  onClick(): void;
  children: ReactNode;
}

/** The title of a dialog as a link to the page of its run. */
export function RunLink({ label, onClick, children }: RunLinkProps) {
  const { token } = theme.useToken();
  return (
    <button
      type="button"
      title={label}
      style={{
        maxWidth: '100%',
        padding: 0,
        overflow: 'hidden',
        border: 'none',
        background: 'none',
        color: 'inherit',
        font: 'inherit',
        textAlign: 'start',
        textDecoration: `underline ${token.colorTextQuaternary}`,
        textOverflow: 'ellipsis',
        textUnderlineOffset: 4,
        whiteSpace: 'nowrap',
        cursor: 'pointer',
      }}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
