import { type SystemClient, useEnqueueTask, useTask } from 'lrt-plugin/parts';

/** Starts the task in Python, and says how far it is. */
export function SlopesButton({ system }: { system: SystemClient }) {
  const { enqueue, starting, id, error } = useEnqueueTask(system, 'terrain:Slopes');
  const task = useTask(system, id);
  return (
    <>
      <button type="button" disabled={starting} onClick={() => enqueue({ steps: 50 }).catch(() => {})}>
        Find slopes
      </button>
      {error && <p role="alert">{error.message}</p>}
      {task && <p role="status">{`${task.status} ${task.progress.percent ?? 0} %`}</p>}
    </>
  );
}
