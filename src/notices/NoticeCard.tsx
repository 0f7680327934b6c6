import { Button, theme } from 'antd';
import { useState } from 'react';
import { toTaskError } from '../client/taskStore.ts';
import type { RetryRequest, TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { StateIcon } from '../parts/StateIcon.tsx';
import { stateOf } from '../parts/stateOf.ts';
import { designOf, failureText, outcomeText, taskTitle } from '../parts/taskWords.ts';
import { endKey } from './EndsAnnouncer.ts';

/** The acts that a notice offers. It offers none that is absent. */
export interface NoticeActions {
  onClose(task: TaskSnapshot): void;
  /** Shows the place where the task worked. */
  onShowOnMap?: ((task: TaskSnapshot) => void) | undefined;
  /** Runs the items of the task that failed again. Rejects with the server's error. */
  onRetry?: ((task: TaskSnapshot, request: RetryRequest) => Promise<unknown>) | undefined;
  /** True where a page or a dialog can show the whole task. */
  canOpen?(task: TaskSnapshot): boolean;
  onOpen?(task: TaskSnapshot): void;
}

/** One notice: an icon, a sentence, a line of detail, one button, and a cross. */
export function NoticeCard({ task, onClose, ...actions }: NoticeActions & { task: TaskSnapshot }) {
  const words = useTranslator();
  const { token } = theme.useToken();
  const [problem, setProblem] = useState<string>();
  const title = words.msg(endKey(task), { task: taskTitle(task, words) });
  const design = problem === undefined ? designOf(task) : undefined;
  const outcome = problem ?? outcomeText(task, words);
  const { canOpen, onOpen } = actions;
  return (
    <div
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: token.marginSM,
        paddingBlock: token.paddingSM - 2,
        paddingInline: token.paddingSM,
        borderRadius: token.borderRadiusLG,
        background: token.colorBgElevated,
        boxShadow: token.boxShadowSecondary,
        color: token.colorText,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <span style={{ display: 'flex', flex: 'none' }}>
        <StateIcon state={stateOf(task)} />
      </span>
      {/* The button goes below the words where it has no room beside them. */}
      <div
        style={{
          display: 'flex',
          flex: 1,
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'end',
          columnGap: token.marginSM,
          rowGap: token.marginXS,
          minWidth: 0,
        }}
      >
        <div style={{ flex: '1 1 140px', minWidth: 0, overflowWrap: 'anywhere' }}>
          <div style={{ ...clampedTo(2), fontWeight: 600 }} title={title}>
            {onOpen && canOpen?.(task) ? (
              <Button
                type="link"
                onClick={() => onOpen(task)}
                style={{
                  display: 'inline',
                  height: 'auto',
                  padding: 0,
                  border: 0,
                  color: 'inherit',
                  fontWeight: 'inherit',
                  lineHeight: 'inherit',
                  whiteSpace: 'normal',
                  textAlign: 'start',
                }}
              >
                {title}
              </Button>
            ) : (
              title
            )}
          </div>
          {design || outcome ? (
            <div
              role={problem ? 'alert' : undefined}
              title={[design, outcome].filter(Boolean).join(' · ')}
              style={{
                ...clampedTo(3),
                color: problem ? token.colorErrorText : token.colorTextSecondary,
                fontSize: token.fontSize - 1,
              }}
            >
              {design ? <bdi>{design}</bdi> : null}
              {design && outcome ? ' · ' : null}
              {outcome}
            </div>
          ) : null}
        </div>
        <NoticeButton
          task={task}
          {...actions}
          onDone={() => onClose(task)}
          onProblem={(thrown) => {
            const reason = failureText({ error: toTaskError(thrown) }, words);
            setProblem(words.msg('notice_retry_failed', { reason }));
          }}
        />
      </div>
      <Button
        type="text"
        size="small"
        data-close=""
        aria-label={`${words.msg('close')}: ${title}`}
        icon={<CrossIcon />}
        style={{ flex: 'none' }}
        onClick={() => onClose(task)}
      />
    </div>
  );
}

/** Longer text ends in an ellipsis, and its tooltip has the whole of it. */
const clampedTo = (lines: number) =>
  ({
    display: '-webkit-box',
    overflow: 'hidden',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: lines,
  }) as const;

interface NoticeButtonProps extends Omit<NoticeActions, 'onClose' | 'canOpen' | 'onOpen'> {
  task: TaskSnapshot;
  onDone(): void;
  onProblem(thrown: unknown): void;
}

/** The next sensible act: to retry what failed, or to look at what was built. */
function NoticeButton({ task, onShowOnMap, onRetry, onDone, onProblem }: NoticeButtonProps) {
  const { msg } = useTranslator();
  const [isRetrying, setRetrying] = useState(false);
  const failed = task.items?.failed ?? 0;
  if (failed > 0 && onRetry) {
    const retry = () => {
      if (isRetrying) return;
      setRetrying(true);
      onRetry(task, { items: 'failed' }).then(onDone, (thrown) => {
        setRetrying(false);
        onProblem(thrown);
      });
    };
    return (
      // Not `disabled`: the focus would be lost.
      <Button
        size="small"
        aria-disabled={isRetrying}
        style={isRetrying ? { opacity: 0.65 } : {}}
        onClick={retry}
      >
        {msg('retry_failed', { count: failed })}
      </Button>
    );
  }
  if (!onShowOnMap || !task.built?.bbox) return null;
  return (
    <Button
      size="small"
      onClick={() => {
        onShowOnMap(task);
        // A user who has looked at a success needs no more of it.
        if (task.status === 'succeeded') onDone();
      }}
    >
      {msg('show_on_map')}
    </Button>
  );
}

function CrossIcon() {
  return (
    <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
      <path
        d="M4 4l8 8M12 4l-8 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
