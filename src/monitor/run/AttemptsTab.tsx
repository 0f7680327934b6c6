/** The attempts at a run, and the runs that it was started again from or as. */
import { Button, theme } from 'antd';
import { useEffect, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { TaskSnapshot } from '../../contract/index.ts';
import { hostCall } from '../../parts/hostCall.ts';
import { StateIcon } from '../../parts/StateIcon.tsx';
import { stateOf } from '../../parts/stateOf.ts';
import { outcomeText } from '../../parts/taskWords.ts';
import { shortTime } from './runTimes.ts';
import { useRunWords } from './useRunWords.ts';

export interface AttemptsTabProps {
  system: SystemClient;
  task: TaskSnapshot;
  user: string | undefined;
  onOpen: ((taskId: string) => void) | undefined;
}

/** So many runs are looked for on the way back. */
const MOST = 10;

interface Related {
  of: string;
  earlier: TaskSnapshot[];
  later: TaskSnapshot[];
}

export function AttemptsTab({ system, task, user, onOpen }: AttemptsTabProps) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const [related, setRelated] = useState<Related>();
  const { id, retryOf, name } = task;

  useEffect(() => {
    const calls = new AbortController();
    void findRelated(system, { id, retryOf, name }, calls.signal).then((found) => {
      if (!calls.signal.aborted) setRelated({ of: id, ...found });
    });
    return () => calls.abort();
  }, [system, id, retryOf, name]);

  const { earlier = [], later = [] } = related?.of === id ? related : {};
  const rows = { user, onOpen };
  return (
    <div style={{ padding: token.padding, paddingBlockStart: token.paddingXS }}>
      <p style={{ marginBlock: token.marginXS }}>{msg('attempts_of', { attempt: task.attempt })}</p>
      {task.attempt > 1 ? (
        <p style={{ marginBlock: token.marginXS, color: token.colorTextSecondary }}>{msg('attempts_lost')}</p>
      ) : null}
      {retryOf === undefined && later.length === 0 ? (
        <p style={{ marginBlock: token.marginXS, color: token.colorTextSecondary }}>{msg('attempts_none')}</p>
      ) : null}
      <RunList title={msg('attempts_later')} runs={later} {...rows} />
      {retryOf !== undefined || later.length > 0 ? (
        <RunList title={msg('attempts_this')} runs={[task]} user={user} onOpen={undefined} />
      ) : null}
      <RunList title={msg('attempts_earlier')} runs={earlier} {...rows} />
    </div>
  );
}

function RunList({
  title,
  runs,
  user,
  onOpen,
}: { title: string; runs: readonly TaskSnapshot[] } & Pick<AttemptsTabProps, 'user' | 'onOpen'>) {
  const { token } = theme.useToken();
  const words = useRunWords();
  if (runs.length === 0) return null;
  return (
    <>
      <h3 style={{ margin: 0, marginBlockStart: token.marginSM, fontSize: token.fontSize, fontWeight: 600 }}>
        {title}
      </h3>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {runs.map((run) => (
          <li
            key={run.id}
            style={{
              display: 'flex',
              alignItems: 'center',
              gap: token.marginXS,
              minHeight: 32,
              fontSize: token.fontSize - 1,
            }}
          >
            <StateIcon state={stateOf(run)} percent={run.progress.percent} />
            <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {outcomeText(run, words, { user }) ?? words.msg(`status_${run.status}`)} ·{' '}
              <bdi>{shortTime(run.startedAt ?? run.createdAt, words.language)}</bdi>
            </span>
            {onOpen ? (
              <Button type="link" size="small" onClick={() => onOpen(run.id)}>
                {words.msg('run_open')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A run that retention has removed ends the way back; the page works without the rest. */
async function findRelated(
  system: SystemClient,
  { id, retryOf, name }: Pick<TaskSnapshot, 'id' | 'name'> & { retryOf: string | undefined },
  signal: AbortSignal,
): Promise<Omit<Related, 'of'>> {
  const earlier: TaskSnapshot[] = [];
  const page = await hostCall(() => system.listTasks?.({ name, limit: 200 }, { signal })).catch(
    () => undefined,
  );
  const listed = Array.isArray(page?.tasks) ? page.tasks : [];
  const later = listed.filter((task) => task.retryOf === id);
  for (let next = retryOf; next !== undefined && earlier.length < MOST && !signal.aborted; ) {
    const before = next;
    const run: TaskSnapshot | undefined = await hostCall(() => system.getTask?.(before, { signal })).catch(
      () => undefined,
    );
    if (!run) break;
    earlier.push(run);
    next = run.retryOf;
  }
  return { earlier, later };
}
