import { Button, theme } from 'antd';
import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import { useMonitor } from './MonitorContext.ts';

/** A longer text of a button is shortened. In characters. */
const MOST_LETTERS = 20;

/** The one button for the next sensible act after a task has ended. */
export function NextAct({ task }: { task: TaskSnapshot }) {
  const { token } = theme.useToken();
  const { words, actions, ask } = useMonitor();
  const look = { fontSize: token.fontSize - 1 };
  if (!isTerminal(task.status)) return null;
  if (actions.can('retryFailed', task)) {
    const count = task.items?.failed ?? 0;
    const whole = words.msg('retry_failed', { count });
    // A long text would leave no room for the outcome.
    const text = whole.length > MOST_LETTERS ? words.msg('retry_count', { count }) : whole;
    return (
      <Button
        size="small"
        tabIndex={-1}
        style={look}
        aria-label={whole}
        title={whole}
        onClick={() => ask('retryFailed', [task])}
      >
        {text}
      </Button>
    );
  }
  return (
    <Button size="small" tabIndex={-1} style={look} onClick={() => ask('retry', [task])}>
      {words.msg('try_again')}
    </Button>
  );
}
