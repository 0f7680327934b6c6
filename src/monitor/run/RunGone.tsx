/** A run's page where there is no run to show: it is on its way, or refused, or removed, or out of reach. */
import { Button, theme } from 'antd';
import { useEffect, useState } from 'react';
import type { TaskSnapshot } from '../../contract/index.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { designOf, taskTitle } from '../../parts/taskWords.ts';
import { Icon } from './icons.tsx';
import type { RunPhase, RunState } from './RunFeed.ts';
import { DesignTag, RunHeader } from './RunHeader.tsx';
import { useRunWords } from './useRunWords.ts';

export interface RunGoneProps {
  state: RunState;
  user: string | undefined;
  onBack: (() => void) | undefined;
  onRetry(): void;
}

/** A run that loads more quickly than this shows no grey rows in between. */
const QUICK_MS = 300;

export function RunGone({ state, user, onBack, onRetry }: RunGoneProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg, direction } = words;
  const { phase, task, error } = state;
  const owner = error?.details?.owner;
  const sentences: Record<RunPhase, string> = {
    loading: msg('run_loading'),
    ready: msg('run_loading'),
    forbidden: typeof owner === 'string' ? msg('run_forbidden_owner', { owner }) : msg('run_forbidden'),
    'not-found': msg('run_not_found'),
    removed: msg('run_removed'),
    offline: msg('run_offline_nothing'),
    failed: msg('run_failed'),
  };
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        height: '100%',
        background: token.colorBgContainer,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
      }}
    >
      {phase === 'removed' && task ? (
        <RunHeader state={state} task={task} user={user} figures={undefined} onBack={onBack} narrow={false} />
      ) : onBack ? (
        <div style={{ padding: token.paddingSM }}>
          <Button type="text" icon={<Icon name="back" direction={direction} />} onClick={onBack}>
            {msg('run_back')}
          </Button>
        </div>
      ) : null}
      {phase === 'loading' ? (
        <Loading label={sentences.loading} />
      ) : (
        <div
          role="alert"
          style={{ padding: token.paddingLG, maxWidth: 560, marginInline: 'auto', textAlign: 'center' }}
        >
          <p style={{ margin: 0, fontSize: token.fontSizeLG, overflowWrap: 'anywhere' }}>
            {sentences[phase]}
          </p>
          {phase === 'failed' && error ? (
            <div style={{ marginBlockStart: token.marginXS, color: token.colorTextSecondary }}>
              <ErrorText error={error} />
            </div>
          ) : null}
          {phase === 'failed' || phase === 'offline' ? (
            <Button style={{ marginBlockStart: token.margin }} onClick={onRetry}>
              {msg('run_try_again')}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

/** The name of a run without its state, for pages about more than one. */
export function RunTitle({ task }: { task: TaskSnapshot }) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const design = designOf(task);
  return (
    <>
      <h2
        style={{
          margin: 0,
          fontSize: token.fontSizeHeading4,
          lineHeight: token.lineHeightHeading4,
          fontWeight: 600,
          overflowWrap: 'anywhere',
        }}
      >
        <bdi>{taskTitle(task, words)}</bdi>
      </h2>
      {design === undefined ? null : <DesignTag design={design} />}
    </>
  );
}

function Loading({ label }: { label: string }) {
  const { token } = theme.useToken();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUICK_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={label} style={{ padding: token.paddingLG }}>
      {late
        ? [60, 90, 40].map((width) => (
            <div
              key={width}
              style={{
                height: 16,
                width: `${width}%`,
                marginBlockEnd: token.marginSM,
                borderRadius: token.borderRadiusSM,
                background: token.colorFillSecondary,
              }}
            />
          ))
        : null}
    </div>
  );
}
