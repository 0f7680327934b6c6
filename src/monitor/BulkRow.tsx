import { Button, theme } from 'antd';
import { useTranslator } from '../parts/MessagesContext.ts';
import { failureText } from '../parts/taskWords.ts';
import { EDGE } from './edge.ts';
import { Icon } from './icons.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import type { RunningBulk } from './useBulk.ts';

/** Shows an action on many tasks: how far it is, and what was refused. */
export function BulkRow({ bulk: { action, progress }, onClose }: { bulk: RunningBulk; onClose(): void }) {
  const { token } = theme.useToken();
  const words = useTranslator();
  const { msg } = words;
  const { done, total, failed, error } = progress;
  const kind = action === 'retryFailed' ? 'retry' : action;
  return (
    <div
      style={{
        flex: 'none',
        paddingBlock: token.paddingXS,
        paddingInline: EDGE,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        fontSize: token.fontSize - 1,
      }}
    >
      <div
        style={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: token.paddingXS,
        }}
      >
        <span style={{ fontWeight: 600 }}>{msg(`doing_${kind}`, { count: total })}</span>
        <bdi>
          {done} / {total}
        </bdi>
        {failed > 0 ? (
          <Button
            type="text"
            size="small"
            aria-label={msg('close')}
            icon={<Icon name="close" />}
            onClick={onClose}
          />
        ) : null}
      </div>
      <ProgressBar state="running" percent={(100 * done) / total} />
      {error ? (
        <div role="alert" style={{ color: token.colorError }}>
          {msg('some_failed', { failed, total })}: <bdi>{failureText({ error }, words)}</bdi>
        </div>
      ) : null}
    </div>
  );
}
