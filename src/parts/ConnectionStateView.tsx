import { theme } from 'antd';
import type { ConnectionState } from '../client/SystemClient.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration } from '../locales/intl.ts';
import { useTranslator } from './MessagesContext.ts';
import { useNow } from './useNow.ts';

export interface ConnectionStateViewProps {
  connection: ConnectionState;
}

/** The line to the server: live, or what is being done about it. */
export function ConnectionStateView({ connection }: ConnectionStateViewProps) {
  const { token } = theme.useToken();
  const translator = useTranslator();
  const now = useNow();
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
        gap: token.marginXS,
        color: token.colorTextSecondary,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <span
        aria-hidden="true"
        style={{ flex: 'none', width: 8, height: 8, borderRadius: '50%', background: colour }}
      />
      {connectionText(connection, now, translator)}
    </div>
  );
}

/** Says how the connection is: "Live", "Connection lost, trying again in 4 sec". @param now Unix time in milliseconds */
export function connectionText(
  connection: ConnectionState,
  now: number,
  { msg, language }: Translator,
): string {
  if (connection.state !== 'reconnecting') return msg(`connection_${connection.state}`);
  const seconds = Math.ceil((connection.retryAt - now) / 1000);
  return seconds > 0
    ? msg('connection_reconnecting', { duration: formatDuration(seconds, language) })
    : msg('connection_reconnecting_now');
}
