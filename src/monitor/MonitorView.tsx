import { theme } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import type { HostApplication } from '../host/contract.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { useNow } from '../parts/useNow.ts';
import type { Asked } from './asked.ts';
import { TasksLayer } from './lazyParts.ts';
import { MonitorBody } from './MonitorBody.tsx';
import { type Monitor, MonitorContext } from './MonitorContext.ts';
import { MonitorHeader } from './MonitorHeader.tsx';
import { MonitorTools } from './MonitorTools.tsx';
import type { MonitorFilter } from './monitorFilter.ts';
import type { TaskAction } from './taskActions.ts';
import { TaskActions } from './taskActions.ts';
import { useAnnouncements } from './useAnnouncements.ts';
import { useFinishedCount } from './useFinishedCount.ts';
import { useHues } from './useHues.ts';
import { useLoadedCounts } from './useLoadedCounts.ts';
import { useMapPlace } from './useMapPlace.ts';
import { useMonitorTasks } from './useMonitorTasks.ts';
import { useOwnName } from './useOwnName.ts';
import { useRemaining } from './useRemaining.ts';
import { useWidth } from './useWidth.ts';

export interface MonitorViewProps {
  app: Pick<HostApplication, 'system' | 'map' | 'localisation'>;
  /** The client whose tasks are shown; default: `app.system`. */
  system?: SystemClient | undefined;
  /** 'panel', the default, is a list for a column beside a map. 'page' is a table. */
  variant?: 'panel' | 'page' | undefined;
  /** Selects what is shown. Left out: the monitor keeps its filter itself, and starts with the active tasks. */
  filter?: MonitorFilter | undefined;
  /** The user has changed the filter. */
  onFilter?: ((filter: MonitorFilter) => void) | undefined;
  /** Shows the button that opens the other variant. */
  onVariant?: ((variant: 'panel' | 'page') => void) | undefined;
  /** Shows the button that closes the monitor. */
  onClose?: (() => void) | undefined;
  /** Opens the run of a task, as a page. Without it, names are no links. */
  onOpenRun?: ((taskId: string) => void) | undefined;
  /** The address of a task's run, for "Copy link". */
  linkTo?: ((taskId: string) => string) | undefined;
  /** The owner name of the user. Default: the owner of the user's own tasks. */
  user?: string | undefined;
  /** Says whether the user may do something to a task. Default: everything to every task that the server shows. */
  may?: ((action: TaskAction, task: TaskSnapshot) => boolean) | undefined;
}

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
  const place = useMapPlace(app.map, filter.inView === true);
  const store = useMonitorTasks(system, filter, place.bounds);
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const user = useOwnName(system, props.user, state.structure);
  const counts = useLoadedCounts(store, state);
  const finished = useFinishedCount(store, state.status === 'ready' ? counts.finished : undefined);
  const announced = useAnnouncements(store, words, user);
  const hues = useHues(store, state.structure);
  const remainingOf = useRemaining(store);
  const nowMs = useNow();
  const [shown, setShown] = useState<{ id: string }>();
  const [asked, setAsked] = useState<Asked>();

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
  const { onOpenRun, linkTo } = props;
  const { say } = announced;
  const { zoomTo } = place;
  const monitor = useMemo(
    (): Monitor => ({
      words,
      user,
      actions,
      ask,
      zoomTo,
      openRun: onOpenRun,
      linkTo,
      show: (id) => setShown({ id }),
      say,
      colourOf: hues.colourOf,
      remainingOf,
      serverTime: (ms) => store.clock.at(ms),
    }),
    [words, user, actions, ask, zoomTo, onOpenRun, linkTo, say, hues, remainingOf, store],
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
          if (asked) setAsked(undefined);
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
        <MonitorHeader {...props} variant={variant} connection={state.connection} nowMs={nowMs} />
        <MonitorTools
          filter={filter}
          onFilter={setFilter}
          store={store}
          state={state}
          counts={counts}
          finished={finished}
          isNarrow={isNarrow}
          hasMap={app.map !== undefined}
        />
        <MonitorBody
          store={store}
          state={state}
          filter={filter}
          onFilter={setFilter}
          finished={finished}
          // A rule of the host's own says nothing about tasks that the page has not read.
          isByFilter={may === undefined}
          isTable={variant === 'page' && !isNarrow}
          nowMs={nowMs}
          shown={shown}
          asked={asked}
          onAsked={setAsked}
          onHot={place.outline}
        />
        {app.map?.taskOverlay ? (
          <TasksLayer
            system={system}
            map={app.map}
            hues={hues.hues}
            store={store}
            structure={state.structure}
            onPick={monitor.show}
          />
        ) : null}
        {/* Live regions without a role: a page's own alerts stay alone. */}
        <div aria-live="polite" style={HIDDEN}>
          {announced.polite}
        </div>
        <div aria-live="assertive" style={HIDDEN}>
          {announced.urgent}
        </div>
      </section>
    </MonitorContext.Provider>
  );
}

/** Seen by screen readers alone. */
const HIDDEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;
