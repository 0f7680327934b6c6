/** Shows the log of a run: tens of thousands of lines that scroll, with search, levels, download and Follow. */
import { Button, type InputRef, theme } from 'antd';
import {
  type KeyboardEvent,
  type MouseEvent,
  useDeferredValue,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { LogBuffer } from './LogBuffer.ts';
import { LogDetail } from './LogDetail.tsx';
import { LINE_HEIGHT, LogRow } from './LogRow.tsx';
import { type LogLevel, LogSearch, mentions } from './LogSearch.ts';
import { LogTools } from './LogTools.tsx';
import { logClock, logFile } from './logTimes.ts';
import { saveFile } from './saveFile.ts';
import { useBox } from './useBox.ts';
import { useLogScroll } from './useLogScroll.ts';
import { useRunWords } from './useRunWords.ts';

export interface LogViewProps {
  log: Pick<LogBuffer, 'getState' | 'subscribe'>;
  /** Lines may still come: the view follows them until the user scrolls back. */
  live: boolean;
  /** The name of the file that a download has, without its ending. */
  fileName: string;
  /** True where the server keeps no log of the run any more. */
  gone?: boolean;
  /** An item: the first line that names it is chosen and comes into view. */
  mentioned?: string | undefined;
  /** The view has little room: lines alone, without search, levels and download. */
  compact?: boolean;
  /** The user has chosen a line. */
  onChoose?(message: string): void;
}

/** So many lines are drawn beyond each edge, so that none is missing while the user scrolls. */
const BEYOND = 12;
/** Below this width, in CSS pixels, a line has less beside its message. */
const NARROW = 560;
/** The size that is assumed where nothing is laid out. */
const ASSUMED = { width: 800, height: 180 };

/**
 * The log of a run. It fills the box that it is given, and draws the lines in view only. The list is one stop of the Tab
 * key: the arrow keys, Page, Home and End keys choose lines, and `/` goes to the search.
 */
export function LogView({
  log,
  live,
  fileName,
  gone = false,
  compact = false,
  mentioned,
  onChoose,
}: LogViewProps) {
  const { token } = theme.useToken();
  const { msg, language } = useRunWords();
  const state = useSyncExternalStore(log.subscribe, log.getState, log.getState);
  const [level, setLevel] = useState<LogLevel>('info');
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const search = useMemo(() => new LogSearch({ level, text: wanted }), [level, wanted]);
  search.read(state);
  const { count } = search;

  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const searchBox = useRef<InputRef>(null);
  const { width, height } = useBox(box, ASSUMED);
  const narrow = width < NARROW;
  const inView = Math.ceil(height / LINE_HEIGHT);
  const scroll = useLogScroll({ box, search, state, live, height });
  const { first } = scroll;

  // Both are numbers of lines of the whole log, since older lines may be dropped.
  const [chosen, setChosen] = useState<number>();
  const [hitLine, setHitLine] = useState<number>();
  const chosenRow = rowOfLine(chosen);
  const hitRow = rowOfLine(hitLine);
  const hitAt = hitRow === undefined ? undefined : search.hits.indexOf(hitRow);

  function rowOfLine(line: number | undefined): number | undefined {
    if (line === undefined || line < state.leftOut) return undefined;
    const row = search.rowOf(line - state.leftOut);
    return search.lineAt(row) === line - state.leftOut ? row : undefined;
  }
  const lineOfRow = (row: number) => {
    const line = search.lineAt(row);
    return line === undefined ? undefined : line + state.leftOut;
  };

  // The hit nearest to what is in view is shown as soon as the user has typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search only, and not each new line.
  useLayoutEffect(() => {
    setHitLine(undefined);
    if (wanted !== '' && search.hits.length > 0) goToHit(search.hitFrom(scroll.first));
  }, [search]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another item only, and not each new line.
  useLayoutEffect(() => {
    if (mentioned === undefined) return;
    const { lines, leftOut } = state;
    const already = chosen === undefined ? undefined : lines[chosen - leftOut];
    if (already && mentions(already.message, mentioned)) return;
    const index = lines.findIndex(({ message }) => mentions(message, mentioned));
    setChosen(index < 0 ? undefined : index + leftOut);
    if (index >= 0) scroll.show(search.rowOf(index));
  }, [mentioned]);

  function goToHit(at: number) {
    const { hits } = search;
    const row = hits[((at % hits.length) + hits.length) % hits.length];
    if (row === undefined) return;
    setHitLine(lineOfRow(row));
    scroll.show(row);
  }

  function choose(row: number) {
    const bounded = Math.max(0, Math.min(row, count - 1));
    const line = search.lineAt(bounded);
    const entry = line === undefined ? undefined : state.lines[line];
    if (line === undefined || !entry) return;
    setChosen(line + state.leftOut);
    scroll.show(bounded);
    onChoose?.(entry.message);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = chosenRow ?? first;
    const rows: Record<string, number> = {
      ArrowUp: chosenRow === undefined ? first : from - 1,
      ArrowDown: chosenRow === undefined ? first : from + 1,
      PageUp: from - Math.max(1, inView - 1),
      PageDown: from + Math.max(1, inView - 1),
      Home: 0,
      End: count - 1,
    };
    const row = rows[event.key];
    if (event.key === '/') searchBox.current?.focus();
    else if (row !== undefined && count > 0) choose(row);
    else return;
    event.preventDefault();
  }

  function onClick({ target }: MouseEvent) {
    // The user marks a text to copy it.
    if (getSelection()?.isCollapsed === false) return;
    const row =
      target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;
    if (row !== undefined) choose(Number(row));
  }

  const clock = useMemo(() => logClock(language, { short: narrow }), [language, narrow]);
  const rows: number[] = [];
  for (let row = Math.max(0, first - BEYOND); row < Math.min(count, first + inView + BEYOND); row++) {
    rows.push(row);
  }
  const detail = chosenRow === undefined ? undefined : state.lines[search.lineAt(chosenRow) ?? -1];
  const nothing = state.count === 0;
  /** A list without options would be none. */
  const list = {
    role: 'listbox',
    'aria-label': msg('tab_log'),
    'aria-activedescendant':
      chosenRow !== undefined && rows.includes(chosenRow) ? `${id}-${chosenRow}` : undefined,
    tabIndex: 0,
    onKeyDown,
    onClick,
  } as const;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }}>
      {compact ? null : (
        <LogTools
          count={state.leftOut + state.count}
          {...{ level, text, hitAt, searchBox, narrow }}
          onLevel={setLevel}
          onText={setText}
          hits={search.hits.length}
          onHit={(step) => goToHit(hitAt === undefined ? search.hitFrom(first) : hitAt + step)}
          following={live ? scroll.following : undefined}
          onFollow={scroll.follow}
          onDownload={() => saveFile(`${fileName}.log`, logFile(state.lines, state.count), 'text/plain')}
        />
      )}
      <div style={{ position: 'relative', display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}>
        <div
          ref={box}
          {...(count > 0 && list)}
          style={{
            flex: 1,
            minHeight: LINE_HEIGHT * 3,
            overflowY: 'auto',
            overflowX: 'hidden',
            // The browser would keep lines in place that are about to be drawn again.
            overflowAnchor: 'none',
            fontFamily: token.fontFamilyCode,
            fontSize: token.fontSizeSM,
          }}
          onScroll={scroll.onScroll}
        >
          {count === 0 ? (
            <p
              style={{
                margin: 0,
                padding: token.padding,
                color: token.colorTextSecondary,
                fontFamily: token.fontFamily,
                fontSize: token.fontSize,
              }}
            >
              {msg(nothing ? (gone ? 'log_gone' : live ? 'log_empty_yet' : 'log_empty') : 'log_filtered')}
            </p>
          ) : (
            <div role="presentation" style={{ height: count * LINE_HEIGHT, position: 'relative' }}>
              <div
                role="presentation"
                style={{ position: 'absolute', insetInline: 0, top: (rows[0] ?? 0) * LINE_HEIGHT }}
              >
                {rows.map((row) => {
                  const entry = state.lines[search.lineAt(row) ?? -1];
                  return entry ? (
                    <LogRow
                      key={lineOfRow(row)}
                      id={`${id}-${row}`}
                      entry={entry}
                      time={clock(entry.at)}
                      position={row + 1}
                      total={count}
                      isChosen={row === chosenRow}
                      isHit={row === hitRow}
                      search={wanted}
                      narrow={narrow}
                    />
                  ) : null;
                })}
              </div>
            </div>
          )}
        </div>
        {live && scroll.unseen > 0 ? (
          <Button
            size="small"
            type="primary"
            style={{ position: 'absolute', insetBlockEnd: token.marginXS, alignSelf: 'center' }}
            onClick={() => scroll.follow(true)}
          >
            {msg('log_new_lines', { count: scroll.unseen })}
          </Button>
        ) : null}
      </div>
      {detail ? <LogDetail message={detail.message} width={width} /> : null}
      {state.leftOut > 0 ? (
        <div
          style={{ padding: token.paddingXXS, fontSize: token.fontSizeSM, color: token.colorTextSecondary }}
        >
          {msg('log_left_out', { count: state.leftOut })}
        </div>
      ) : null}
    </div>
  );
}
