import { Button, theme } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import type { ActiveDrawing } from './useDrawing.ts';

export interface DrawFieldProps {
  /** The drawing, where it is the one of this field. */
  active: ActiveDrawing | undefined;
  /** The words of the button that begins. */
  label: string;
  /** Says how to draw. */
  hint: string;
  /** Says what is drawn already. */
  children?: ReactNode;
  onStart(): void;
}

const LEAST_CORNERS = 3;

/** Begins a drawing on the map, and offers its steps to those who draw without a pointer. */
export function DrawField({ active, label, hint, children, onStart }: DrawFieldProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const begin = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const wasActive = useRef(false);
  const isActive = active !== undefined;
  useEffect(() => {
    // The button that had the focus is gone: what stands in its place takes it.
    if (isActive !== wasActive.current) (isActive ? first : begin).current?.focus();
    wasActive.current = isActive;
  }, [isActive]);
  const row = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: token.marginXS } as const;
  if (!active) {
    return (
      <div style={row}>
        <Button ref={begin} size="small" onClick={onStart}>
          {label}
        </Button>
        {children ? <span>{children}</span> : null}
      </div>
    );
  }
  const { kind, corners, drawing } = active;
  const isArea = kind === 'area';
  return (
    <div>
      <p style={{ margin: 0, marginBlockEnd: token.marginXXS, color: token.colorTextSecondary }}>{hint}</p>
      {isArea ? <div role="status">{msg('area_corners', { count: corners })}</div> : null}
      <div style={row}>
        {drawing.addAtMiddle ? (
          <Button ref={first} size="small" style={WRAPPING} onClick={() => drawing.addAtMiddle?.()}>
            {msg(isArea ? 'draw_corner' : 'feed_middle')}
          </Button>
        ) : null}
        {isArea && drawing.removeLast ? (
          <Button
            size="small"
            style={WRAPPING}
            disabled={corners === 0}
            onClick={() => drawing.removeLast?.()}
          >
            {msg('draw_remove')}
          </Button>
        ) : null}
        {isArea && drawing.finish ? (
          <Button size="small" disabled={corners < LEAST_CORNERS} onClick={() => drawing.finish?.()}>
            {msg('draw_finish')}
          </Button>
        ) : null}
        <Button size="small" onClick={() => drawing.cancel()}>
          {msg('draw_give_up')}
        </Button>
      </div>
    </div>
  );
}

const WRAPPING = { height: 'auto', minHeight: 24, whiteSpace: 'normal' } as const;
