import { theme } from 'antd';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useLessMotion } from './useLessMotion.ts';

/** The time in which a window folds, in milliseconds: antd's `motionDurationMid`. */
const DURATION_MS = 200;

/** Lets a window that folds or unfolds grow or shrink, instead of changing its height at once. */
export function useFoldMotion(element: RefObject<HTMLElement | null>, folded: boolean): void {
  const { token } = theme.useToken();
  const moves = !useLessMotion() && token.motion;
  const before = useRef({ folded, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const last = before.current;
    const height = current.offsetHeight;
    before.current = { folded, height };
    if (!moves || last.folded === folded || last.height === height) return;
    current.animate?.(
      { height: [`${last.height}px`, `${height}px`] },
      { duration: DURATION_MS, easing: 'ease' },
    );
  });
}
