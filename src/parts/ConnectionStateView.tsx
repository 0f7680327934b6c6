import { theme } from 'antd';
import type { ReactNode } from 'react';
import type { ConnectionState } from '../client/SystemClient.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration } from '../locales/intl.ts';
import { useTranslator } from './MessagesContext.ts';
import { useNow } from './useNow.ts';

export interface ConnectionStateViewProps {
  connection: ConnectionState;
  /** Stands in place of the words for the state. */
  children?: ReactNode;
}

/** The connection to the server: live, or what the client does about it. */
export function ConnectionStateView({ connection, children }: ConnectionStateViewProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const now = useNow();
  const said = children ?? connectionText(connection, now, translator);
  const colour = {
    connecting: token.colorWarning,
    live: token.colorSuccess,
    polling: token.colorInfo,
    reconnecting: token.colorWarning,
    closed: token.colorTextQuaternary,
  }[connection.state];
  return (
    <div
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: token.marginXXS,
        minWidth: 0,
        color: token.colorTextSecondary,
        fontSize: token.fontSizeSM,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <span
        aria-hidden="true"
        style={{ flex: 'none', width: 8, height: 8, borderRadius: '50%', background: colour }}
      />
      <span
        title={typeof said === 'string' ? said : undefined}
        style={{ overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
      >
        {said}
      </span>
    </div>
  );
}

/** Says how the connection is. @param nowMs Unix time in milliseconds */
export function connectionText(
  connection: ConnectionState,
  nowMs: number,
  { msg, language }: Translator,
): string {
  if (connection.state !== 'reconnecting') return msg(`connection_${connection.state}`);
  const seconds = Math.ceil((connection.retryAt - nowMs) / 1000);
  return seconds > 0
    ? msg('connection_reconnecting', { duration: formatDuration(seconds, language) })
    : msg('connection_reconnecting_now');
}
