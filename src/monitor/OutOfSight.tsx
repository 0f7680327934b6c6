import { Button, theme } from 'antd';
import type { TaskSnapshot } from '../contract/index.ts';
import { useMonitor } from './MonitorContext.ts';
import { ProblemText } from './ProblemText.tsx';
import type { TaskRowProps } from './taskRowProps.ts';
import { clockTime } from './times.ts';

// The row of a task that went off the list while it was active: nobody knows how it goes on.

/** Says when the task was seen last, on two lines where the row has them. */
export function OutOfSight({ goneAtMs = 0, problem, height }: TaskRowProps) {
  const { token } = theme.useToken();
  const { words } = useMonitor();
  if (problem) return <ProblemText problem={problem} />;
  const text = words.msg('out_of_sight', { time: clockTime(goneAtMs, words.language) });
  return (
    <span
      title={text}
      style={{
        display: '-webkit-box',
        overflow: 'hidden',
        color: token.colorTextSecondary,
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: height > 52 ? 2 : 1,
      }}
    >
      {text}
    </span>
  );
}

/** The button that asks the server for the task. */
export function LookAgain({ task }: { task: TaskSnapshot }) {
  const { words, actions } = useMonitor();
  return actions.canLook ? (
    <Button size="small" tabIndex={-1} onClick={() => void actions.look(task.id)}>
      {words.msg('look_again')}
    </Button>
  ) : null;
}
