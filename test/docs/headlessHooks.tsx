import { type SystemClient, useEnqueueTask, useTask, useTaskList } from 'lrt-plugin/parts';

interface LabelPolesProps {
  system: SystemClient;
  design: string;
}

/** Starts a task, follows it, and says how many of its kind have not ended. */
export function LabelPoles({ system, design }: LabelPolesProps) {
  const { enqueue, starting, id, error } = useEnqueueTask(system, 'label_poles');
  const task = useTask(system, id);
  const { tasks, status } = useTaskList(system, { status: 'active', name: 'label_poles' });
  const label = () => enqueue({ design, prefix: 'P-' }).catch(() => {}); // `error` says why
  return (
    <section>
      <button type="button" disabled={starting} onClick={label}>
        Label poles
      </button>
      {error && <p role="alert">{error.message}</p>}
      {task && <p role="status">{`${task.status}: ${task.progress.message}`}</p>}
      {status === 'ready' && <p>{`Not ended: ${tasks.length}`}</p>}
    </section>
  );
}
