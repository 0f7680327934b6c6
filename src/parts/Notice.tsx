import { theme } from 'antd';
import type { ReactNode } from 'react';

export interface NoticeProps {
  kind: 'info' | 'warning' | 'error';
  /** Says it aloud at once; for what appears without the phase changing. */
  urgent?: boolean;
  title?: string;
  children?: ReactNode;
}

/** Our own few lines, because antd renamed Alert's `message` to `title` between two majors that we both serve. */
export function Notice({ kind, urgent, title, children }: NoticeProps) {
  const { token } = theme.useToken();
  const [background, border] = {
    info: [token.colorInfoBg, token.colorInfoBorder],
    warning: [token.colorWarningBg, token.colorWarningBorder],
    error: [token.colorErrorBg, token.colorErrorBorder],
  }[kind];
  return (
    <div
      role={urgent ? 'alert' : undefined}
      style={{
        marginBlockStart: token.marginSM,
        paddingBlock: token.paddingXS,
        paddingInline: token.paddingSM,
        border: `1px solid ${border}`,
        borderRadius: token.borderRadius,
        background,
        color: token.colorText,
        overflowWrap: 'anywhere',
      }}
    >
      {title ? <strong style={{ display: 'block', fontWeight: 600 }}>{title}</strong> : null}
      {children}
    </div>
  );
}
