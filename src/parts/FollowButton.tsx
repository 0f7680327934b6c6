import { Button, theme } from 'antd';
import { useTranslator } from './MessagesContext.ts';
import type { TaskControls } from './TaskSession.ts';
import { type FollowedMap, useFollow } from './useFollow.ts';

export interface FollowButtonProps {
  session: Pick<TaskControls, 'grown'>;
  map: FollowedMap | undefined;
}

/** Switches whether the map keeps in view what the task builds. There is no button where the map cannot follow. */
export function FollowButton({ session, map }: FollowButtonProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const following = useFollow(session, map);
  if (!following) return null;
  return (
    <Button
      aria-pressed={following.on}
      style={following.on ? { background: token.colorFillSecondary } : {}}
      icon={
        <svg
          aria-hidden="true"
          width="16"
          height="16"
          viewBox="0 0 16 16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        >
          <path d="M1.500 4l4-1.500 5 2 4-1.500v9l-4 1.500-5-2-4 1.500zM5.500 2.500v9M10.500 4.500v9" />
        </svg>
      }
      onClick={following.toggle}
    >
      {msg('follow')}
    </Button>
  );
}
