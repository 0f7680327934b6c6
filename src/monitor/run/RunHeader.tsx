/** The header of a run's page: how it stands, who ran it when, its figures, and what the user may do with it. */
import { theme } from 'antd';
import type { ReactNode } from 'react';
import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import { formatDuration, formatPercent } from '../../locales/intl.ts';
import { StateIcon } from '../../parts/StateIcon.tsx';
import { stateOf } from '../../parts/stateOf.ts';
import { designOf, outcomeText, stepText, taskTitle, waitingText } from '../../parts/taskWords.ts';
import { BackButton } from './BackButton.tsx';
import { TABULAR } from './LogTools.tsx';
import type { RunState } from './RunFeed.ts';
import { fieldsOf, figuresOf } from './resultFields.ts';
import { durationSeconds, utcTime, wholeTime } from './runTimes.ts';
import { type RunWords, useRunWords } from './useRunWords.ts';

export interface RunHeaderProps {
  state: RunState;
  task: TaskSnapshot;
  user: string | undefined;
  /** Names of the fields of the result that are shown; the first numbers where it is left out. */
  figures: readonly string[] | undefined;
  onBack: (() => void) | undefined;
  /** The buttons at the header's end. */
  actions?: ReactNode;
  /** The page has less room than columns need. */
  narrow: boolean;
}

export function RunHeader({ state, task, user, figures, onBack, actions, narrow }: RunHeaderProps) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg, language } = words;
  const { status, progress } = task;
  const shown = stateOf(task, state.connection);
  const isOver = isTerminal(status);
  const design = designOf(task);
  const numbers = figuresOf(fieldsOf(task.result, 'result', words), figures);
  const startedAt = task.startedAt ?? task.createdAt;
  const seconds = durationSeconds(task);
  return (
    <header
      style={{
        flex: 'none',
        padding: token.padding,
        paddingBlock: token.paddingSM,
        borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
      }}
    >
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: `${token.marginXS}px ${token.marginSM}px`,
        }}
      >
        <BackButton onBack={onBack} />
        <h2
          data-phase-heading
          tabIndex={-1}
          style={{
            margin: 0,
            fontSize: token.fontSizeHeading4,
            lineHeight: token.lineHeightHeading4,
            fontWeight: 600,
            outline: 'none',
            overflowWrap: 'anywhere',
          }}
        >
          <bdi>{taskTitle(task, words)}</bdi>
        </h2>
        {design === undefined ? null : <DesignTag design={design} />}
        <span style={{ display: 'flex', alignItems: 'center', gap: 6, minWidth: 0, fontWeight: 600 }}>
          <StateIcon state={shown} percent={progress.percent} />
          <span style={{ overflowWrap: 'anywhere' }}>{statusWords(state, task, words, user)}</span>
        </span>
        <span style={{ flex: 1 }} />
        <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: token.marginXS }}>
          {actions}
        </div>
      </div>
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: `${token.marginXXS}px ${narrow ? token.margin : 20}px`,
          marginBlockStart: token.marginXXS,
          paddingInlineStart: onBack && !narrow ? 21 + token.marginSM : 0,
          fontSize: token.fontSizeSM,
          color: token.colorTextSecondary,
          ...TABULAR,
        }}
      >
        <span>
          {task.owner === user ? msg('run_started_by_you') : msg('run_started_by', { owner: task.owner })}
        </span>
        <bdi title={utcTime(startedAt)}>{wholeTime(startedAt, language)}</bdi>
        {isOver && seconds !== undefined ? (
          <span>{msg('run_duration', { duration: formatDuration(seconds, language) })}</span>
        ) : null}
        <span>{msg('run_attempt', { attempt: task.attempt })}</span>
        <span style={{ flex: 1 }} />
        {numbers.map(({ key, label, text }) => (
          <span key={key} style={{ color: token.colorText }}>
            <bdi style={{ fontWeight: 600 }}>{text}</bdi>{' '}
            <bdi>{words.find(`figure_${key}`) ?? label.toLocaleLowerCase(language)}</bdi>
          </span>
        ))}
      </div>
      {isOver ? null : <RunProgress task={task} isStale={shown === 'reconnecting'} />}
    </header>
  );
}

/** The name of a design, as a tag. */
export function DesignTag({ design }: { design: string }) {
  const { token } = theme.useToken();
  return (
    <bdi
      style={{
        paddingInline: 7,
        border: `1px solid ${token.colorBorder}`,
        borderRadius: token.borderRadiusSM,
        color: token.colorTextSecondary,
        fontSize: token.fontSizeSM,
        lineHeight: '18px',
        overflow: 'hidden',
        minWidth: 48,
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {design}
    </bdi>
  );
}

function statusWords(
  { connection }: RunState,
  task: TaskSnapshot,
  words: RunWords,
  user: string | undefined,
): string {
  const { msg } = words;
  const { status, items } = task;
  if (status === 'succeeded' && items && items.failed > 0) {
    return msg('run_some_failed', { failed: items.failed, total: items.ok + items.failed });
  }
  const outcome = outcomeText(task, words, { user });
  if (outcome !== undefined) return outcome;
  if (connection.state === 'reconnecting') return msg('connection_reconnecting_now');
  if (task.cancelRequested) return msg('status_cancelling');
  return waitingText(task, words, Date.now())?.reason ?? msg(`status_${status}`);
}

/** The step, the bar and the percent of a run that goes on. */
function RunProgress({ task, isStale }: { task: TaskSnapshot; isStale: boolean }) {
  const { token } = theme.useToken();
  const words = useRunWords();
  const { msg, language } = words;
  const { percent } = task.progress;
  const step = stepText(task, words);
  const shown = percent === null ? undefined : Math.max(0, Math.min(percent, 100));
  const colour = isStale || task.cancelRequested ? token.colorTextSecondary : token.colorPrimary;
  return (
    <div style={{ marginBlockStart: token.marginXS }}>
      <div
        style={{
          display: 'flex',
          justifyContent: 'space-between',
          gap: token.marginXS,
          minHeight: 18,
          fontSize: token.fontSize - 1,
          ...TABULAR,
        }}
      >
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={step}>
          <bdi>{step}</bdi>
        </span>
        <span>{shown === undefined ? null : formatPercent(shown, language)}</span>
      </div>
      <div
        role="progressbar"
        aria-label={msg('progress_label')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown === undefined ? undefined : Math.floor(shown)}
        style={{ height: 4, borderRadius: 2, background: token.colorFillSecondary, overflow: 'hidden' }}
      >
        <div
          style={{
            height: '100%',
            width: `${shown ?? 0}%`,
            borderRadius: 2,
            background: colour,
            transition: token.motion ? 'width 300ms linear' : undefined,
          }}
        />
      </div>
    </div>
  );
}
