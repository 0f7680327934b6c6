/** The bar between the map and the log of a run's page, which the user drags or moves with the arrow keys. */
import { theme } from 'antd';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useRunWords } from './useRunWords.ts';

export interface SplitterProps {
  /** The height of what is below, in CSS pixels, and the bounds that it keeps to. */
  height: number;
  min: number;
  max: number;
  onHeight(height: number): void;
  /** Its name; default: that of the log's bar. */
  label?: string;
}

const STEP = 20;

export function Splitter({ height, min, max, onHeight, label }: SplitterProps) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const drag = useRef<{ y: number; height: number }>(undefined);
  const set = (next: number) => onHeight(Math.round(Math.max(min, Math.min(next, max))));

  function onKeyDown(event: KeyboardEvent) {
    const heights: Record<string, number> = {
      ArrowUp: height + STEP,
      ArrowDown: height - STEP,
      Home: max,
      End: min,
    };
    const next = heights[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  }

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { y: event.clientY, height };
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved.
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label={label ?? msg('splitter')}
      aria-valuenow={height}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      style={{
        flex: 'none',
        height: 8,
        display: 'grid',
        placeItems: 'center',
        borderBlock: `1px solid ${token.colorBorderSecondary}`,
        background: token.colorFillQuaternary,
        cursor: 'row-resize',
        // A finger drags the bar, and not the page.
        touchAction: 'none',
      }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={({ clientY }) => {
        if (drag.current) set(drag.current.height + drag.current.y - clientY);
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
    >
      <span style={{ width: 24, height: 2, borderRadius: 1, background: token.colorTextSecondary }} />
    </div>
  );
}
