import { Button, theme } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ConnectionState } from '../client/SystemClient.ts';
import { connectionText } from '../parts/ConnectionStateView.tsx';
import { useTranslator } from '../parts/MessagesContext.ts';
import { EDGE, GAP } from './edge.ts';
import { Icon } from './icons.tsx';

export interface MonitorHeaderProps {
  variant: 'panel' | 'page';
  connection: ConnectionState;
  /** Local time, Unix time in milliseconds. */
  nowMs: number;
  onVariant?: ((variant: 'panel' | 'page') => void) | undefined;
  onClose?: (() => void) | undefined;
  /** More buttons, before those. */
  children?: ReactNode;
}

/** Title, connection, and the buttons that change the place of the monitor. The title has the focus on opening. */
export function MonitorHeader({
  variant,
  connection,
  nowMs,
  onVariant,
  onClose,
  children,
}: MonitorHeaderProps) {
  const { token } = theme.useToken();
  const words = useTranslator();
  const { msg, direction } = words;
  const isRtl = direction === 'rtl';
  const heading = useRef<HTMLHeadingElement>(null);
  const isClosable = onClose !== undefined;
  useEffect(() => {
    // A monitor that cannot be closed was not opened by the user, and takes nobody's focus.
    if (isClosable) heading.current?.focus({ preventScroll: true });
  }, [isClosable]);
  const colour = {
    connecting: token.colorWarning,
    live: token.colorSuccess,
    polling: token.colorInfo,
    reconnecting: token.colorWarning,
    closed: token.colorError,
  }[connection.state];
  const text = connectionText(connection, nowMs, words);
  return (
    <header
      style={{
        display: 'flex',
        flex: 'none',
        alignItems: 'center',
        gap: GAP,
        height: 48,
        paddingInline: `${EDGE}px ${EDGE / 2}px`,
      }}
    >
      <h2
        ref={heading}
        tabIndex={-1}
        style={{
          flex: 'none',
          margin: 0,
          outline: 'none',
          fontSize: variant === 'page' ? token.fontSizeHeading4 : token.fontSizeLG,
          fontWeight: 600,
          lineHeight: 1.5,
        }}
      >
        {msg('tasks')}
      </h2>
      <span
        aria-hidden="true"
        style={{
          flex: 'none',
          width: 8,
          height: 8,
          marginInlineStart: 8,
          borderRadius: '50%',
          background: colour,
        }}
      />
      <span
        title={text}
        style={{
          flex: 1,
          minWidth: 0,
          overflow: 'hidden',
          color: token.colorTextSecondary,
          fontSize: token.fontSizeSM,
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {text}
      </span>
      {children}
      {onVariant ? (
        <Button
          type="text"
          aria-label={msg(variant === 'page' ? 'as_panel' : 'as_page')}
          title={msg(variant === 'page' ? 'as_panel' : 'as_page')}
          icon={<Icon name={variant === 'page' ? 'panel' : 'page'} rtl={isRtl} />}
          onClick={() => onVariant(variant === 'page' ? 'panel' : 'page')}
        />
      ) : null}
      {onClose ? (
        <Button
          type="text"
          aria-label={msg('close')}
          title={msg('close')}
          icon={<Icon name="close" />}
          onClick={onClose}
        />
      ) : null}
    </header>
  );
}
