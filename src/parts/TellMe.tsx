import { Button, theme } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import { useTranslator } from './MessagesContext.ts';
import { isNotificationWanted, onNotificationWishes, wantNotification } from './notificationWishes.ts';
import { askPage, onAnswerChanged } from './pageQuestions.ts';
import { elapsedSeconds } from './taskTimes.ts';

/** A task that takes longer is worth a notification, in seconds. */
const LONG_SECONDS = 30;
/** Before this, the expected time would be a guess. */
const ENOUGH = { percent: 2, seconds: 2 };

export interface TellMeProps {
  task: TaskState;
  /** Unix time in milliseconds. */
  now: number;
}

const notifies = () => askPage('notifies');
const onNotifies = (changed: () => void) => onAnswerChanged('notifies', changed);

/**
 * Offers a notification of the system for the end of a task that is expected to take over 30 seconds. The browser asks the
 * user for permission only after the click. The component is empty where no plugin on the page would show the notification.
 *
 * @example
 * <TellMe task={task} now={useNow()} />
 */
export function TellMe({ task, now }: TellMeProps) {
  const { id } = task;
  const isThere = useSyncExternalStore(onNotifies, notifies, () => false);
  // An expectation that falls below the limit later takes no button away from under the pointer.
  const [offeredFor, setOfferedFor] = useState<string>();
  const isLong = expectedSeconds(task, now) > LONG_SECONDS;
  useEffect(() => {
    if (isLong) setOfferedFor(id);
  }, [isLong, id]);
  const isOffered = isLong || offeredFor === id || isNotificationWanted(id);
  return isThere && isOffered ? <Offer key={id} taskId={id} /> : null;
}

/** The time that the task takes as a whole at its pace so far, or that it has taken already. */
function expectedSeconds(task: TaskState, now: number): number {
  const elapsed = elapsedSeconds(task, now) ?? 0;
  const { percent } = task.progress;
  const isGuess = percent === null || percent < ENOUGH.percent || elapsed < ENOUGH.seconds;
  return isGuess ? elapsed : (elapsed * 100) / percent;
}

type Refusal = 'blocked' | 'missing' | 'not_kept';

function Offer({ taskId }: { taskId: string }) {
  const { msg } = useTranslator();
  const { token } = theme.useToken();
  const isWanted = useSyncExternalStore(onNotificationWishes, () => isNotificationWanted(taskId));
  const [refusal, setRefusal] = useState<Refusal>();
  const [, redraw] = useState(0);

  async function click(): Promise<void> {
    const problem = isWanted ? undefined : await askPermission();
    if (problem === 'dismissed') return;
    const isKept = problem === undefined && wantNotification(taskId, !isWanted);
    setRefusal(problem ?? (isKept ? undefined : 'not_kept'));
    // The browser sends the page that stores no event.
    redraw((count) => count + 1);
  }
  return (
    <div>
      <Button
        type="link"
        size="small"
        aria-pressed={isWanted}
        icon={<BellIcon isOn={isWanted} />}
        onClick={() => void click()}
        style={{
          paddingInline: 0,
          height: 'auto',
          maxWidth: '100%',
          whiteSpace: 'normal',
          textAlign: 'start',
        }}
      >
        {msg(isWanted ? 'tell_me_on' : 'tell_me')}
      </Button>
      <div role="status" style={{ color: token.colorTextSecondary, fontSize: token.fontSizeSM }}>
        {refusal ? msg(`tell_me_${refusal}`) : null}
      </div>
    </div>
  );
}

/** Undefined where the browser permits notifications. 'dismissed': the user has not decided, and may be asked again. */
async function askPermission(): Promise<Refusal | 'dismissed' | undefined> {
  if (!('Notification' in globalThis) || typeof Notification.requestPermission !== 'function')
    return 'missing';
  if (Notification.permission === 'default') {
    try {
      await Notification.requestPermission();
    } catch {
      // The browser does not let this page ask, as in a frame of another origin.
      return 'blocked';
    }
  }
  const { permission } = Notification;
  if (permission === 'granted') return undefined;
  return permission === 'denied' ? 'blocked' : 'dismissed';
}

function BellIcon({ isOn }: { isOn: boolean }) {
  return (
    <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill={isOn ? 'currentColor' : 'none'}>
      <path
        d="M8 2a4 4 0 0 0-4 4c0 4-1.500 5-1.500 5h11S12 10 12 6a4 4 0 0 0-4-4zM6.700 13.500a1.400 1.400 0 0 0 2.600 0"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </svg>
  );
}
