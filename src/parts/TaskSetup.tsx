import { Button, theme } from 'antd';
import { type ReactNode, useId } from 'react';
import { Actions } from './Actions.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { useTranslator } from './MessagesContext.ts';
import type { AnyParams, TaskControls } from './TaskSession.ts';
import { useSession } from './useSession.ts';

export interface TaskSetupProps<Params extends AnyParams = AnyParams> {
  session: TaskControls<Params>;
  /** The text of the button. It names the action ('Label poles'). */
  startLabel: ReactNode;
  /** The parameters of the task. Undefined: the task cannot start yet. */
  params: NoInfer<Params> | undefined;
  /** Why it cannot start yet; shown while there are no params. */
  reason?: ReactNode;
  /** A button for the slot at the inline start, which shows what the task would do. Without it the slot stays empty. */
  preview?: ReactNode;
  /** An explanation of the task, its starting point, and fields. */
  children?: ReactNode;
}

/**
 * Before the task. A form: Enter in any of its fields starts. Says why it cannot start yet, also where the
 * application has no task server, and what the server refused.
 */
export function TaskSetup<Params extends AnyParams = AnyParams>({
  session,
  startLabel,
  params,
  reason,
  preview,
  children,
}: TaskSetupProps<Params>) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const reasonId = useId();
  const { available, starting, refusal } = useSession(session);
  const ready = available && params !== undefined;
  return (
    <form
      style={{ display: 'flex', flexDirection: 'column', flex: 'auto' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !starting) void session.start(params);
      }}
    >
      <div>{children}</div>
      <div id={reasonId} style={{ minHeight: `${token.lineHeight}em`, marginBlockStart: token.marginXS }}>
        {ready ? null : available ? reason : msg('reason_no_system')}
      </div>
      <FailureNotice heading="refused_heading" failure={refusal} />
      <Actions start={preview}>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          aria-busy={starting}
          aria-describedby={reasonId}
        >
          {starting ? msg('starting') : startLabel}
        </Button>
      </Actions>
    </form>
  );
}
