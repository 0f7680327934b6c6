import { theme } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { useOwnName } from '../parts/useOwnName.ts';
import type { Asked } from './asked.ts';
import { Announcer, MapLink, TaskSheet } from './lazyParts.ts';
import type { MapTools } from './MapLink.tsx';
import { MonitorBody } from './MonitorBody.tsx';
import { type Monitor, MonitorContext } from './MonitorContext.ts';
import { MonitorHeader } from './MonitorHeader.tsx';
import { MonitorTools } from './MonitorTools.tsx';
import type { MonitorFilter } from './monitorFilter.ts';
import type { MonitorViewProps } from './monitorProps.ts';
import type { Sheet } from './TaskSheet.tsx';
import { ToolButton } from './ToolButtons.tsx';
import type { TaskAction } from './taskActions.ts';
import { TaskActions } from './taskActions.ts';
import { useFinishedCount } from './useFinishedCount.ts';
import { useLoadedCounts } from './useLoadedCounts.ts';
import { useMonitorTasks } from './useMonitorTasks.ts';
import { useOpenedRuns } from './useOpenedRuns.ts';
import { useRemaining } from './useRemaining.ts';
import { useWidth } from './useWidth.ts';

/** Below this width of the monitor, search and filters are buttons. In CSS pixels. */
const NARROW = 340;

/** The monitor inside of its words. */
export function MonitorView(props: MonitorViewProps) {
  const { app, system = app.system, variant = 'panel', onClose, may } = props;
  const { token } = theme.useToken();
  const words = useTranslator();
  const [ownFilter, setOwnFilter] = useState<MonitorFilter>({});
  const filter = props.filter ?? ownFilter;
  const { onFilter } = props;
  const setFilter = useCallback(
    (next: MonitorFilter) => {
      setOwnFilter(next);
      onFilter?.(next);
    },
    [onFilter],
  );
  const root = useRef<HTMLElement>(null);
  const isNarrow = useWidth(root) < NARROW;
  const [map, setMap] = useState<MapTools>();
  const store = useMonitorTasks(system, filter, map?.bounds);
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const user = useOwnName(system, props.user, state.structure);
  const counts = useLoadedCounts(store, state);
  const finished = useFinishedCount(store, state.status === 'ready' ? counts.finished : undefined);
  const leftOf = useRemaining(store, words);
  const [shown, setShown] = useState<{ id: string }>();
  const [asked, setAsked] = useState<Asked>();
  const [opened, setOpened] = useState({ hasFilters: false, isSearching: false });
  const [sheet, setSheet] = useState<Sheet>();
  const [said, setSaid] = useState<{ text: string }>();

  const newestMay = useRef(may);
  newestMay.current = may;
  const actions = useMemo(
    () =>
      new TaskActions(store, {
        may: (action, task) => newestMay.current?.(action, task) ?? true,
      }),
    [store],
  );
  const ask = useCallback(
    (action: TaskAction, tasks: readonly TaskSnapshot[]) => {
      const [task] = tasks;
      const isHarmless = action === 'retry' || action === 'retryFailed';
      if (isHarmless && task && tasks.length === 1) void actions.run(action, task);
      else if (task) setAsked({ action, tasks });
    },
    [actions],
  );
  const runs = useOpenedRuns(store.system);
  const { onOpenRun, onRunAgain, linkTo } = props;
  const open = useCallback(
    (kind: Sheet['kind'], task: TaskSnapshot) => {
      if (kind === 'again' && onRunAgain) onRunAgain(task);
      else setSheet({ kind, task });
    },
    [onRunAgain],
  );
  const showRow = useCallback((id: string) => setShown({ id }), []);
  const monitor = useMemo(
    (): Monitor => ({
      words,
      user,
      actions,
      ask,
      open,
      runs,
      zoomTo: map?.zoomTo,
      openRun: onOpenRun,
      linkTo,
      show: showRow,
      say: (text) => setSaid({ text }),
      colourOf: map?.colourOf,
      leftOf,
      serverTime: (ms) => store.clock.at(ms),
    }),
    [words, user, actions, ask, open, runs, map, onOpenRun, linkTo, showRow, leftOf, store],
  );

  useEffect(() => () => store.leaveEnded(), [store]);

  return (
    <MonitorContext.Provider value={monitor}>
      <section
        ref={root}
        dir={words.direction}
        aria-label={words.msg('tasks')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          // A menu of antd is elsewhere in the page, and takes its own Escape first.
          if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return;
          if (sheet) setSheet(undefined);
          else if (asked) setAsked(undefined);
          else if (onClose) onClose();
          else return;
          event.preventDefault();
        }}
        style={{
          position: 'relative',
          display: 'flex',
          flexDirection: 'column',
          boxSizing: 'border-box',
          height: '100%',
          minHeight: 0,
          overflow: 'hidden',
          background: token.colorBgContainer,
          color: token.colorText,
          fontFamily: token.fontFamily,
          fontSize: token.fontSize,
          lineHeight: token.lineHeight,
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        <MonitorHeader
          variant={variant}
          connection={state.connection}
          nowMs={state.nowMs}
          // A table has no room in a narrow page.
          onVariant={isNarrow ? undefined : props.onVariant}
          onClose={onClose}
        >
          {isNarrow ? (
            <>
              <ToolButton kind="search" {...{ filter, opened }} onOpened={setOpened} />
              <ToolButton kind="filters" {...{ filter, opened }} onOpened={setOpened} />
            </>
          ) : null}
        </MonitorHeader>
        <MonitorTools
          filter={filter}
          onFilter={setFilter}
          store={store}
          state={state}
          counts={counts}
          finished={finished}
          isNarrow={isNarrow}
          hasMap={app.map !== undefined}
          opened={opened}
          onOpened={setOpened}
        />
        <MonitorBody
          {...{ app, runs }}
          packs={props.packs}
          language={props.language}
          store={store}
          state={state}
          filter={filter}
          onFilter={setFilter}
          finished={finished}
          // A rule of the host's own says nothing about tasks that the page has not read.
          isByFilter={may === undefined}
          isTable={variant === 'page' && !isNarrow}
          nowMs={state.nowMs}
          shown={shown}
          asked={asked}
          onAsked={setAsked}
          sheet={
            sheet && system ? (
              <TaskSheet
                {...sheet}
                {...{ app, system }}
                packs={props.packs}
                language={props.language}
                onClose={() => setSheet(undefined)}
              />
            ) : undefined
          }
          onHot={map?.outline}
        />
        {app.map ? (
          <MapLink
            system={system}
            map={app.map}
            store={store}
            structure={state.structure}
            nowMs={state.nowMs}
            isInView={filter.inView === true}
            isByPlace={filter.inView === true || filter.bbox !== undefined}
            onPick={showRow}
            onTools={setMap}
          />
        ) : null}
        <Announcer store={store} user={user} say={said} />
      </section>
    </MonitorContext.Provider>
  );
}
