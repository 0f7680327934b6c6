import { theme } from 'antd';
import { failureText } from '../parts/taskWords.ts';
import { useMonitor } from './MonitorContext.ts';
import type { ActionProblem } from './taskActions.ts';

/** Says on one line of a row that an action was refused, and why. */
export function ProblemText({ problem: { action, error } }: { problem: ActionProblem }) {
  const { token } = theme.useToken();
  const { words } = useMonitor();
  const heading = words.msg(action === 'cancel' ? 'cancel_failed_heading' : 'action_failed');
  const reason = failureText({ error }, words);
  return (
    <span
      role="alert"
      title={`${heading}: ${reason}`}
      style={{
        display: 'block',
        overflow: 'hidden',
        minWidth: 0,
        color: token.colorError,
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {heading}: <bdi>{reason}</bdi>
    </span>
  );
}
