import { ConfigProvider, theme } from 'antd';
import { createContext, type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { usePanel } from './panel.ts';
import { STICKY_HEIGHT, useRoomForSticky } from './useRoomForSticky.ts';

/** Buttons that an author adds to whichever phase is shown: see `TaskPanel`. */
export const AddedActions = createContext<ReactNode>(null);

/** The place for the button of the task's log, which `Actions` keep free above the buttons of a phase. */
export const LogPlace = createContext<{ button: ReactNode; take: () => () => void } | null>(null);

/** The height of that place, in CSS pixels: a small button of antd, and a little room. */
const LOG_HEIGHT = 28;
/** The room of a host's window below its content, in CSS pixels. */
const WINDOW_PADDING = 16;

export interface ActionsProps {
  /** The slot at the inline start: the button that leads back, stops, or starts again. */
  start?: ReactNode;
  /** The slot at the inline end: the button that leads on, which may be the primary one. */
  children?: ReactNode;
  /** A less important button. It stands above the slots, beside that of the log. */
  aside?: ReactNode;
}

/**
 * Lays out the buttons of a phase in two slots: one at the inline start, one at the inline end. So a second click on a
 * button that led on never meets one that cancels. The row wraps where the window is too narrow for the words.
 *
 * @example
 * <Actions start={<Button onClick={cancel}>Cancel task</Button>}>
 *   <Button type="primary" onClick={zoom}>Zoom to result</Button>
 * </Actions>
 */
export function Actions({ start, children, aside }: ActionsProps) {
  const { token } = theme.useToken();
  const { compact, long = false } = usePanel();
  const added = useContext(AddedActions);
  const log = useContext(LogPlace);
  const take = log?.take;
  const frame = useRef<HTMLDivElement>(null);
  const sticks = compact || long;
  useRoomForSticky(frame, sticks);
  useLayoutEffect(() => take?.(), [take]);
  const row = { display: 'flex', flexWrap: 'wrap', gap: token.marginXS } as const;
  // In a sheet both slots share the width, so that a thumb finds them: a long label has more of it.
  const slot = compact ? { ...row, flex: '1 1 auto' } : { ...row, maxWidth: '100%' };
  // A label that is longer than the window is wide breaks into lines, in whatever language it is.
  const wrapping = {
    height: 'auto',
    minHeight: token.controlHeight,
    maxWidth: '100%',
    lineHeight: token.lineHeight,
    whiteSpace: 'normal',
    // They are in view wherever the window is scrolled to.
    ...(sticks && { scrollMarginBlockEnd: `calc(-1 * ${STICKY_HEIGHT})` }),
    ...(compact && { flexGrow: 1 }),
  } as const;
  const besides = log?.button || aside;
  return (
    <ConfigProvider button={{ style: wrapping }}>
      <div
        ref={frame}
        style={{
          marginBlockStart: 'auto',
          paddingBlockStart: compact ? (besides ? 0 : 8) : log || aside ? 0 : token.margin,
          ...(sticks && {
            position: 'sticky',
            zIndex: 1,
            // The window's padding below the buttons would show a strip of what scrolls behind them.
            insetBlockEnd: compact ? 0 : -WINDOW_PADDING,
            paddingBlockEnd: compact ? WINDOW_PADDING : WINDOW_PADDING + token.paddingXXS,
            background: token.colorBgElevated,
          }),
        }}
      >
        {besides || (log && !compact) ? (
          // Free from the start, so that the first entry of a log moves nothing.
          <div
            style={{
              display: 'flex',
              alignItems: 'center',
              justifyContent: 'space-between',
              flexWrap: 'wrap',
              minHeight: LOG_HEIGHT,
            }}
          >
            <ConfigProvider
              button={{ style: { ...wrapping, minHeight: token.controlHeightSM, flexGrow: 0 } }}
            >
              {log?.button ?? <span />}
              {aside}
            </ConfigProvider>
          </div>
        ) : null}
        <div data-slots="" style={{ ...row, justifyContent: 'space-between' }}>
          {start || !compact ? <div style={slot}>{start}</div> : null}
          {added || children ? (
            <div style={{ ...slot, marginInlineStart: 'auto', justifyContent: 'flex-end' }}>
              {added}
              {children}
            </div>
          ) : null}
        </div>
      </div>
    </ConfigProvider>
  );
}
