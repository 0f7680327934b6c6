import { theme } from 'antd';
import type { ReactNode } from 'react';

export type MessageKind = 'info' | 'success' | 'warning' | 'error';

const KINDS: readonly string[] = ['info', 'success', 'warning', 'error'] satisfies MessageKind[];

/** A plugin may give any text as the type of its message: an unknown one counts as 'info'. */
export function messageKind(given: unknown): MessageKind {
  return isKind(given) ? given : 'info';
}

function isKind(given: unknown): given is MessageKind {
  return typeof given === 'string' && KINDS.includes(given);
}

interface MessageBoxProps {
  kind: MessageKind;
  title?: string | undefined;
  action?: ReactNode;
  children: ReactNode;
}

/**
 * A message in the colours of antd's Alert, for `DisplayMessage` and the application's own messages. antd's Alert is not
 * used because its property for the text has another name in each of the two major versions that we serve.
 */
export function MessageBox({ kind, title, action, children }: MessageBoxProps) {
  const { token } = theme.useToken();
  const [background, border] = {
    info: [token.colorInfoBg, token.colorInfoBorder],
    success: [token.colorSuccessBg, token.colorSuccessBorder],
    warning: [token.colorWarningBg, token.colorWarningBorder],
    error: [token.colorErrorBg, token.colorErrorBorder],
  }[kind];
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: token.marginXS,
        padding: `${token.paddingXS}px ${token.paddingSM}px`,
        color: token.colorText,
        background,
        border: `1px solid ${border}`,
        borderRadius: token.borderRadius,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
        overflowWrap: 'anywhere',
      }}
    >
      <div style={{ flex: '1 1 12em' }}>
        {title && <div style={{ fontWeight: token.fontWeightStrong }}>{title}</div>}
        <div>{children}</div>
      </div>
      {action}
    </div>
  );
}
