import { theme } from 'antd';
import type { TaskSnapshot } from '../contract/index.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { useMonitor } from './MonitorContext.ts';

/** The name of a task, and the colour that its features have on the map. A click on the name opens the run. */
export function TaskName({ task }: { task: TaskSnapshot }) {
  const { token } = theme.useToken();
  const { words, colourOf, openRun } = useMonitor();
  const title = taskTitle(task, words);
  const colour = task.status === 'running' ? colourOf?.(task.id) : undefined;
  const look = {
    overflow: 'hidden',
    minWidth: 0,
    padding: 0,
    border: 0,
    background: 'none',
    color: token.colorText,
    font: 'inherit',
    fontSize: token.fontSize,
    fontWeight: 600,
    lineHeight: '20px',
    textAlign: 'start',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  } as const;
  return (
    <>
      {openRun ? (
        <button
          type="button"
          // Enter on the row does the same.
          data-name=""
          tabIndex={-1}
          title={title}
          onClick={() => openRun(task.id)}
          style={{ ...look, cursor: 'pointer' }}
        >
          <bdi>{title}</bdi>
        </button>
      ) : (
        <bdi title={title} style={look}>
          {title}
        </bdi>
      )}
      {colour ? (
        <span
          aria-hidden="true"
          style={{ flex: 'none', width: 10, height: 10, borderRadius: 3, background: colour }}
        />
      ) : null}
    </>
  );
}
