import { Button } from 'antd';
import { Actions, ErrorText, Notice, type SystemClient, useTaskList } from '../../src/parts/index.ts';

/** The tasks of a server, as an author may show them. */
export function TaskOverview({ system }: { system: SystemClient | undefined }) {
  const { tasks, status, error, refresh } = useTaskList(system, { limit: 20 });
  if (status === 'unavailable') return <p>This server does not list its tasks.</p>;
  return (
    <>
      {status === 'loading' ? <p>Looking up the tasks…</p> : null}
      <ul>
        {tasks.map((task) => (
          <li key={task.id}>
            {task.name}: {task.status} {task.progress.message}
          </li>
        ))}
      </ul>
      {error ? (
        <Notice kind="error">
          <ErrorText error={error} />
        </Notice>
      ) : null}
      <Actions>
        <Button onClick={refresh}>Refresh</Button>
      </Actions>
    </>
  );
}
