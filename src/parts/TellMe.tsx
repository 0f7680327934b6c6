import { Button, theme } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslator } from './MessagesContext.ts';
import { isNotificationWanted, onNotificationWishes, wantNotification } from './notificationWishes.ts';
import { askPage, onAnswerChanged } from './pageQuestions.ts';

/** A task that takes longer is worth a notification, in seconds. */
const LONG_SECONDS = 30;

export interface TellMeProps {
  taskId: string;
  /** The time that the task is expected to take as a whole, in seconds. Undefined where nobody knows it. */
  expectedSeconds: number | undefined;
}

const notifies = () => askPage('notifies');
const onNotifies = (changed: () => void) => onAnswerChanged('notifies', changed);

/**
 * Offers a notification of the system for the end of a task that is expected to take over 30 seconds. The browser asks the
 * user for permission only after the click. The component is empty where no plugin on the page would show the notification.
 *
 * @example
 * <TellMe taskId={task.id} expectedSeconds={elapsedSeconds + remaining.to} />
 */
export function TellMe({ taskId, expectedSeconds = 0 }: TellMeProps) {
  const isThere = useSyncExternalStore(onNotifies, notifies, () => false);
  // An estimate that falls below the limit later takes no button away from under the pointer.
  const [offeredFor, setOfferedFor] = useState<string>();
  const isLong = expectedSeconds > LONG_SECONDS;
  useEffect(() => {
    if (isLong) setOfferedFor(taskId);
  }, [isLong, taskId]);
  const isOffered = isLong || offeredFor === taskId || isNotificationWanted(taskId);
  return isThere && isOffered ? <Offer key={taskId} taskId={taskId} /> : null;
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
  let { permission } = Notification;
  if (permission === 'default') {
    try {
      permission = await Notification.requestPermission();
    } catch {
      // The browser does not let this page ask, as in a frame of another origin.
      return 'blocked';
    }
  }
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
