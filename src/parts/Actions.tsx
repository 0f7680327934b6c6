import { Button, ConfigProvider, theme } from 'antd';
import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';
import { useTranslator } from './MessagesContext.ts';

/** Buttons that an author adds to whichever phase is shown: see `TaskPanel`. */
export const AddedActions = createContext<ReactNode>(null);

/** The place for the button of the task's log, which `Actions` keep free above the buttons of a phase. */
export const LogPlace = createContext<{ button: ReactNode; take: () => () => void } | null>(null);

/** The height of that place, in CSS pixels: a small button of antd, and a little room. */
const LOG_HEIGHT = 28;

export interface ActionsProps {
  /** Buttons that lead back or stop: Close, Back, Cancel task. They stand at the inline start. */
  start?: ReactNode;
  /** Buttons that lead on, the primary one last. They stand at the inline end. */
  children?: ReactNode;
}

/**
 * Lays out the buttons of a phase: what leads back at the inline start, what leads on at the inline end. So a second
 * click on a button that led on never meets one that closes or cancels. The row wraps in a narrow window.
 *
 * @example
 * <Actions start={<Button onClick={onClose}>Close</Button>}>
 *   <Button type="primary" onClick={start}>Label poles</Button>
 * </Actions>
 */
export function Actions({ start, children }: ActionsProps) {
  const { token } = theme.useToken();
  const added = useContext(AddedActions);
  const log = useContext(LogPlace);
  const take = log?.take;
  useLayoutEffect(() => take?.(), [take]);
  const row = { display: 'flex', flexWrap: 'wrap', gap: token.marginSM } as const;
  // A label that is longer than the window is wide breaks into lines, in whatever language it is.
  const wrapping = {
    height: 'auto',
    minHeight: token.controlHeight,
    maxWidth: '100%',
    lineHeight: token.lineHeight,
    whiteSpace: 'normal',
  } as const;
  return (
    <ConfigProvider button={{ style: wrapping }}>
      <div style={{ marginBlockStart: 'auto', paddingBlockStart: log ? 0 : token.margin }}>
        {log ? (
          // Free from the start, so that the first entry of a log moves nothing.
          <div style={{ display: 'flex', alignItems: 'center', minHeight: LOG_HEIGHT }}>{log.button}</div>
        ) : null}
        <div style={row}>
          {start}
          <div style={{ ...row, flex: 'auto', maxWidth: '100%', justifyContent: 'flex-end' }}>
            {added}
            {children}
          </div>
        </div>
      </div>
    </ConfigProvider>
  );
}

/** Closes the window around a phase; nothing where there is none to close. */
export function CloseButton({ onClose }: { onClose?: (() => void) | undefined }) {
  const { msg } = useTranslator();
  return onClose ? <Button onClick={onClose}>{msg('close')}</Button> : null;
}
