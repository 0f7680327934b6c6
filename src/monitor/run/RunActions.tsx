/** The buttons of a run: copy its link, compare it, run it again, retry what failed, cancel it. */
import { Button, Input, theme } from 'antd';
import { useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { type Failure, idOf, toTaskError } from '../../client/taskStore.ts';
import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import { Icon } from './icons.tsx';
import { useRunWords } from './useRunWords.ts';

export interface RunActionsProps {
  system: SystemClient;
  task: TaskSnapshot;
  /** The page has room for the shorter buttons only. */
  narrow: boolean;
  /** The address of the page; without it there is nothing to copy. */
  link: string | undefined;
  onCompare: (() => void) | undefined;
  onRunAgain: (() => void) | undefined;
  /** Another run was started: the page may go there. */
  onStarted(taskId: string): void;
  onCancelRequested(): void;
  onFailure(heading: 'cancel_failed_heading' | 'refused_heading', failure: Failure | undefined): void;
}

/** A button stands only where the client has the ability, and the server would not refuse it for the task's state. */
export function RunActions({ system, task, narrow, ...actions }: RunActionsProps) {
  const { msg } = useRunWords();
  const [busy, setBusy] = useState<'retry' | 'cancel'>();
  const isOver = isTerminal(task.status);
  const failed = task.items?.failed ?? 0;

  async function retry() {
    if (busy) return;
    setBusy('retry');
    actions.onFailure('refused_heading', undefined);
    try {
      // The button stays as it is afterwards: the second click of a double-click starts no second run.
      actions.onStarted(idOf(await system.retryTask?.(task.id, { items: 'failed' }), 'retryTask'));
    } catch (thrown) {
      actions.onFailure('refused_heading', toTaskError(thrown));
      setBusy(undefined);
    }
  }

  async function cancel() {
    if (busy || task.cancelRequested) return;
    setBusy('cancel');
    actions.onFailure('cancel_failed_heading', undefined);
    try {
      await system.cancelTask?.(task.id);
      actions.onCancelRequested();
    } catch (thrown) {
      const failure = toTaskError(thrown);
      // It ended while we asked: its own events say how.
      if (failure.code !== 'already-finished') actions.onFailure('cancel_failed_heading', failure);
    }
    setBusy(undefined);
  }

  return (
    <>
      {actions.link === undefined ? null : <CopyLink link={actions.link} />}
      {actions.onCompare && isOver ? (
        <Button
          icon={<Icon name="compare" />}
          onClick={actions.onCompare}
          {...(narrow && { type: 'text', 'aria-label': msg('run_compare'), title: msg('run_compare') })}
        >
          {narrow ? null : msg('run_compare')}
        </Button>
      ) : null}
      {actions.onRunAgain ? <Button onClick={actions.onRunAgain}>{msg('run_again')}</Button> : null}
      {isOver && failed > 0 && system.retryTask ? (
        <Button type="primary" aria-disabled={busy !== undefined} onClick={() => void retry()}>
          {msg('retry_failed', { count: failed })}
        </Button>
      ) : null}
      {!isOver && system.cancelTask ? (
        <Button
          danger
          aria-disabled={busy !== undefined || task.cancelRequested === true}
          onClick={() => void cancel()}
        >
          {msg(busy === 'cancel' || task.cancelRequested ? 'status_cancelling' : 'cancel_task')}
        </Button>
      ) : null}
    </>
  );
}

/** Copies the address of the page. Where a browser refuses that, the address stands there to be copied by hand. */
export function CopyLink({ link }: { link: string }) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const [copied, setCopied] = useState<boolean>();

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  }

  return (
    <>
      <Button
        type="text"
        aria-label={msg('run_copy_link')}
        title={msg('run_copy_link')}
        icon={<Icon name="copy" />}
        onClick={() => void copy()}
      />
      <span role="status" style={{ fontSize: token.fontSizeSM, color: token.colorTextSecondary }}>
        {copied === true ? msg('run_copied') : copied === false ? msg('run_copy_failed') : null}
      </span>
      {copied === false ? (
        <Input
          readOnly
          size="small"
          dir="ltr"
          aria-label={msg('run_copy_link')}
          value={link}
          style={{ width: 220 }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      ) : null}
    </>
  );
}
