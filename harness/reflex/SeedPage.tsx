import { Button, Progress, Typography } from 'antd';
import { useState } from 'react';
import type { SystemClient } from '../../src/client/index.ts';
import { isTerminal, type TaskSnapshot } from '../../src/contract/index.ts';
import { Actions, ErrorText, Notice, useTaskList } from '../../src/parts/index.ts';

/**
 * The page of the Reflex template, made of our parts: it starts tasks, shows those that are active with their progress, and
 * those that are completed. All of it comes through one client of a Reflex server.
 */
export function SeedPage({ system, clientToken }: { system: SystemClient; clientToken: string }) {
  const { tasks, error } = useTaskList(system, { limit: 50 });
  const [refusal, setRefusal] = useState<{ code: string; message: string }>();
  const start = () => {
    setRefusal(undefined);
    system.enqueueTask('long_running_task', { batches: 5 }).catch(setRefusal);
  };
  const problem = refusal ?? error;
  return (
    <>
      <Typography.Title level={2}>Task monitor</Typography.Title>
      <p>
        Client token: <bdi>{clientToken}</bdi>
      </p>
      <Actions>
        <Button type="primary" onClick={start}>
          Start new task
        </Button>
      </Actions>
      {problem ? (
        <Notice kind="error">
          <ErrorText error={problem} />
        </Notice>
      ) : null}
      <Tasks title="Active tasks" tasks={tasks.filter(({ status }) => !isTerminal(status))} />
      <Tasks title="Completed tasks" tasks={tasks.filter(({ status }) => isTerminal(status))} />
    </>
  );
}

function Tasks({ title, tasks }: { title: string; tasks: readonly TaskSnapshot[] }) {
  return (
    <section aria-label={title}>
      <Typography.Title level={3}>{title}</Typography.Title>
      {tasks.length === 0 ? <p>None</p> : null}
      <ul style={{ listStyle: 'none', padding: 0 }}>
        {tasks.map(({ id, name, status, progress, error }) => (
          <li key={id}>
            <bdi>{name}</bdi>: <bdi>{error?.message ?? (progress.message || status)}</bdi>
            <Progress
              percent={Math.round(progress.percent ?? 0)}
              status={status === 'failed' ? 'exception' : status === 'succeeded' ? 'success' : 'normal'}
              aria-label={`${name} ${id}`}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
