/** Keeps a log where the user reads: at its end while it follows, and else at the same line, whatever comes or goes. */
import { type RefObject, type UIEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { LogState } from './LogBuffer.ts';
import { LINE_HEIGHT } from './LogRow.tsx';
import type { LogSearch } from './LogSearch.ts';

/** Nearer to the end than this, in CSS pixels, the log is at its end. */
const NEAR = 8;

export interface LogScrollOptions {
  box: RefObject<HTMLElement | null>;
  search: LogSearch;
  state: LogState;
  live: boolean;
  /** The height of the box in CSS pixels. */
  height: number;
}

export interface LogScroll {
  /** The first row in view. */
  first: number;
  following: boolean;
  /** The number of rows that came since the view stopped following. */
  unseen: number;
  follow(following: boolean): void;
  /** Brings a row into view; the view stops following where the row is not the last one. */
  show(row: number): void;
  onScroll(event: UIEvent<HTMLElement>): void;
}

export function useLogScroll({ box, search, state, live, height }: LogScrollOptions): LogScroll {
  const [first, setFirst] = useState(0);
  const [following, setFollowing] = useState(true);
  /** The end of the log when the view stopped following, as a number of lines of the whole log. */
  const [stoppedAt, setStoppedAt] = useState<number>();
  const top = useRef(0);
  /** The first line in view, as its number in the whole log, and how far it is scrolled out. */
  const anchor = useRef({ line: 0, offset: 0 });
  const { leftOut } = state;
  const { count } = search;
  const end = leftOut + state.count;

  const moveTo = useCallback(
    (scrollTop: number) => {
      const { current } = box;
      if (!current) return;
      current.scrollTop = scrollTop;
      top.current = current.scrollTop;
      setFirst(Math.floor(current.scrollTop / LINE_HEIGHT));
    },
    [box],
  );

  const remember = (scrollTop: number) => {
    const row = Math.floor(scrollTop / LINE_HEIGHT);
    const line = search.lineAt(row);
    if (line !== undefined) anchor.current = { line: line + leftOut, offset: scrollTop - row * LINE_HEIGHT };
  };

  const stop = () => {
    setFollowing(false);
    setStoppedAt((before) => before ?? end);
  };

  // Another filter, or lines that were dropped, put the line that the user reads elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines at the end move nothing.
  useLayoutEffect(() => {
    if (live && following) return;
    const { line, offset } = anchor.current;
    moveTo(search.rowOf(Math.max(0, line - leftOut)) * LINE_HEIGHT + offset);
  }, [search, leftOut]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line, and each change of the height, moves the end.
  useLayoutEffect(() => {
    if (live && following && box.current) moveTo(box.current.scrollHeight);
  }, [live, following, count, height, moveTo]);

  return {
    first,
    following,
    unseen: stoppedAt === undefined ? 0 : Math.max(0, count - search.rowOf(Math.max(0, stoppedAt - leftOut))),
    follow(next) {
      if (!next) return stop();
      setFollowing(true);
      setStoppedAt(undefined);
    },
    show(row) {
      const { current } = box;
      if (!current) return;
      const from = row * LINE_HEIGHT;
      const seen = current.clientHeight || height;
      if (from >= top.current && from + LINE_HEIGHT <= top.current + seen) return;
      if (live && row < count - 1) stop();
      // A row that comes from far away is put in the middle, so that its neighbours are seen with it.
      const isNear = from >= top.current - LINE_HEIGHT && from <= top.current + seen;
      const wanted = from < top.current ? from : from + LINE_HEIGHT - seen;
      moveTo(isNear ? wanted : Math.max(0, from - Math.floor(seen / 2 / LINE_HEIGHT) * LINE_HEIGHT));
      remember(current.scrollTop);
    },
    onScroll({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) {
      const isUp = scrollTop < top.current - 1;
      const isAtEnd = scrollHeight - clientHeight - scrollTop < NEAR;
      top.current = scrollTop;
      setFirst(Math.floor(scrollTop / LINE_HEIGHT));
      remember(scrollTop);
      if (isAtEnd) {
        setFollowing(true);
        setStoppedAt(undefined);
      } else if (isUp) stop();
    },
  };
}
