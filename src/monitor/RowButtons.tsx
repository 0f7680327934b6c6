import { Button, Dropdown } from 'antd';
import type { TaskSnapshot } from '../contract/index.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { Icon } from './icons.tsx';
import { type Monitor, useMonitor } from './MonitorContext.ts';

/** A touch screen has no room for three targets of a finger in a row: there, "More" holds all. */
const isTouch = () => globalThis.matchMedia?.('(hover: none)').matches === true;

/** The buttons of a row. They are reached by the arrow keys and not by Tab, since the list is one stop. */
export function RowButtons({ task }: { task: TaskSnapshot }) {
  const monitor = useMonitor();
  const { words, actions, ask, zoomTo } = monitor;
  const { msg } = words;
  const canZoom = zoomTo !== undefined && task.built?.bbox !== undefined;
  const canCancel = actions.can('cancel', task);
  const few = isTouch();
  const items = menuItems(task, monitor, few);
  return (
    <span style={{ display: 'flex', gap: 4, marginBlock: -2 }}>
      {canZoom && !few ? (
        <RowButton label={msg('zoom_to_task')} icon="zoom" onClick={() => zoomTo(task)} />
      ) : null}
      {canCancel && !few ? (
        <RowButton label={msg('cancel_task')} icon="stop" onClick={() => ask('cancel', [task])} />
      ) : null}
      {items.length > 0 ? (
        <Dropdown
          trigger={['click']}
          autoFocus
          menu={{
            items: items.map(({ key, label }) => ({ key, label })),
            onClick: ({ key, domEvent }) => {
              domEvent.stopPropagation();
              items.find((item) => item.key === key)?.run();
            },
          }}
        >
          <RowButton label={msg('more')} icon="more" />
        </Dropdown>
      ) : null}
    </span>
  );
}

function RowButton({
  label,
  icon,
  ...rest
}: {
  label: string;
  icon: 'zoom' | 'stop' | 'more';
  onClick?: (event: React.MouseEvent) => void;
}) {
  return (
    <Button
      {...rest}
      type="text"
      size="small"
      tabIndex={-1}
      aria-label={label}
      title={label}
      icon={<Icon name={icon} />}
    />
  );
}

interface MenuItem {
  key: string;
  label: string;
  run(): void;
}

function menuItems(task: TaskSnapshot, monitor: Monitor, all: boolean): MenuItem[] {
  const { words, actions, ask, openRun, linkTo, zoomTo } = monitor;
  const { msg } = words;
  const items: (MenuItem | false)[] = [
    openRun !== undefined && { key: 'open', label: msg('open_run'), run: () => openRun(task.id) },
    all &&
      zoomTo !== undefined &&
      task.built?.bbox !== undefined && { key: 'zoom', label: msg('zoom_to_task'), run: () => zoomTo(task) },
    all &&
      actions.can('cancel', task) && {
        key: 'cancel',
        label: msg('cancel_task'),
        run: () => ask('cancel', [task]),
      },
    actions.can('retryFailed', task) && {
      key: 'retryFailed',
      label: msg('retry_failed', { count: task.items?.failed ?? 0 }),
      run: () => ask('retryFailed', [task]),
    },
    task.status !== 'succeeded' &&
      actions.can('retry', task) && {
        key: 'retry',
        label: msg('try_again'),
        run: () => ask('retry', [task]),
      },
    actions.canRunAgain(task) && {
      key: 'again',
      label: msg('run_again'),
      run: () => monitor.open('again', task),
    },
    { key: 'log', label: msg('log'), run: () => monitor.open('log', task) },
    {
      key: 'details',
      label: msg('copy_details'),
      run: () => void copy(detailsOf(task, monitor), task, monitor),
    },
    linkTo !== undefined && {
      key: 'link',
      label: msg('copy_link'),
      run: () => void copy(linkTo(task.id), task, monitor),
    },
    actions.can('clear', task) && { key: 'clear', label: msg('clear'), run: () => ask('clear', [task]) },
  ];
  return items.filter((item) => item !== false);
}

/** The facts of a task as text, for a message to whoever looks after the server. */
function detailsOf(task: TaskSnapshot, { words }: Monitor): string {
  const { id, name, status, owner, attempt, createdAt, startedAt, finishedAt, error, params } = task;
  const facts = { id, name, status, owner, attempt, createdAt, startedAt, finishedAt, params, error };
  return `${taskTitle(task, words)}\n${JSON.stringify(facts, null, 2)}`;
}

/** A page may lack the right to write to the clipboard: then the row says so. */
async function copy(text: string, { id }: TaskSnapshot, { actions, say, words }: Monitor): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(words.msg('copied'));
  } catch (thrown) {
    actions.copyFailed(id, thrown);
  }
}
