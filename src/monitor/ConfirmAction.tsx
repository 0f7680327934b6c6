import { Button, theme } from 'antd';
import { useEffect, useId, useRef } from 'react';
import { isTerminal } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { type Asked, countOf } from './asked.ts';
import { EDGE } from './edge.ts';

export interface ConfirmActionProps extends Asked {
  /** The owner name of the user, as far as it is known. */
  user: string | undefined;
  onBack(): void;
  onConfirm(): void;
}

/** Asks whether an action on tasks is meant: it says how many run or wait, and how many are others'. */
export function ConfirmAction({ action, tasks, all, user, onBack, onConfirm }: ConfirmActionProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const back = useRef<HTMLButtonElement>(null);
  const heading = useId();
  const kind = action === 'retryFailed' ? 'retry' : action;
  const count = countOf({ action, tasks, all });
  const counted = all?.counts;
  const running = counted?.byStatus.running ?? tasks.filter(({ status }) => status === 'running').length;
  const waiting = counted?.byStatus.queued ?? tasks.filter(({ status }) => status === 'queued').length;
  const listed = user === undefined ? 0 : tasks.filter(({ owner }) => owner !== user).length;
  // The server counts others' tasks of all states, and a retry leaves some of them alone.
  const others = counted ? (kind === 'retry' ? 0 : counted.others) : listed;
  const isActive = tasks.some(({ status }) => !isTerminal(status));
  useEffect(() => back.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-labelledby={heading}
      style={{
        flex: 'none',
        paddingBlock: token.paddingXS,
        paddingInline: EDGE,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        background: token.colorBgElevated,
      }}
    >
      <div id={heading} style={{ fontWeight: 600 }}>
        {msg(`confirm_${kind}`, { count })}
      </div>
      <div style={{ marginBlock: '4px 12px', color: token.colorTextSecondary }}>
        {[
          counted?.isCapped && kind !== 'cancel' && msg('confirm_capped'),
          isActive && msg('confirm_states', { running, waiting }),
          kind === 'clear' && msg('confirm_clear_more'),
          others > 0 && msg('confirm_others', { count: others }),
        ]
          .filter(Boolean)
          .join(' ')}
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'end', gap: token.paddingXS }}>
        <Button ref={back} onClick={onBack}>
          {msg('back')}
        </Button>
        <Button type="primary" danger={kind !== 'retry'} onClick={onConfirm}>
          {msg(`do_${kind}`, { count })}
        </Button>
      </div>
    </div>
  );
}
