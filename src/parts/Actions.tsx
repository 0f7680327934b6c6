import { Button, theme } from 'antd';
import type { ReactNode } from 'react';
import { useTranslator } from './MessagesContext.ts';

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

/** Nothing where a phase is not in a window that closes. */
export function CloseButton({ onClose }: { onClose?: (() => void) | undefined }) {
  const { msg } = useTranslator();
  return onClose ? <Button onClick={onClose}>{msg('close')}</Button> : null;
}
