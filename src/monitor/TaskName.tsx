import { theme } from 'antd';
import { type TaskSnapshot, WORKFLOW_TASK } from '../contract/index.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { Icon } from './icons.tsx';
import { useMonitor } from './MonitorContext.ts';

/** The name of a task, and the colour that its features have on the map. A click on the name opens the run. */
export function TaskName({ task }: { task: TaskSnapshot }) {
  const { token } = theme.useToken();
  const { words, colourOf, openRun, runs } = useMonitor();
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
      {task.name === WORKFLOW_TASK ? (
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={runs.has(task.id)}
          aria-label={words.msg('tasks_of', { name: title })}
          title={words.msg('tasks_of', { name: title })}
          onClick={() => runs.toggle(task.id)}
          style={{
            display: 'grid',
            flex: 'none',
            placeItems: 'center',
            width: 20,
            height: 20,
            marginInlineStart: -4,
            padding: 0,
            border: 0,
            background: 'none',
            color: token.colorTextSecondary,
            cursor: 'pointer',
          }}
        >
          <Icon name={runs.has(task.id) ? 'open' : 'closed'} rtl={words.direction === 'rtl'} />
        </button>
      ) : null}
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
