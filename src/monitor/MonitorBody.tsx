import { theme } from 'antd';
import {
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { Notice } from '../parts/Notice.tsx';
import type { Asked } from './asked.ts';
import { EDGE } from './edge.ts';
import type { FinishedCount } from './FinishedCounter.ts';
import { HotOutline } from './HotOutline.tsx';
import { ListedNode } from './ListedNode.tsx';
import { ListedTask } from './ListedTask.tsx';
import { Loading } from './Loading.tsx';
import { BulkRow, ConfirmAction, EmptyState, RowButtons, SelectionBar, TableHead } from './lazyParts.ts';
import { useMonitor } from './MonitorContext.ts';
import type { MonitorState, MonitorTasks } from './MonitorTasks.ts';
import type { MonitorFilter } from './monitorFilter.ts';
import type { MonitorViewProps } from './monitorProps.ts';
import type { Section } from './sections.ts';
import { TaskList } from './TaskList.tsx';
import { clockTime } from './times.ts';
import { useBulk } from './useBulk.ts';
import { useOnline } from './useOnline.ts';
import type { OpenedRuns } from './useOpenedRuns.ts';
import { useSections } from './useSections.ts';
import { useSelection } from './useSelection.ts';

export interface MonitorBodyProps extends Pick<MonitorViewProps, 'app' | 'packs' | 'language'> {
  runs: OpenedRuns;
  store: MonitorTasks;
  state: MonitorState;
  filter: MonitorFilter;
  onFilter(filter: MonitorFilter): void;
  /** The number of tasks that have ended, as the server counts them. */
  finished: FinishedCount | undefined;
  /** The server may act on all tasks that it selects, and not only on those that the page has read. */
  isByFilter: boolean;
  isTable: boolean;
  /** Local time, Unix time in milliseconds. */
  nowMs: number;
  /** The list scrolls to this task. */
  shown: { id: string } | undefined;
  /** Covers the list. */
  sheet: ReactNode;
  asked: Asked | undefined;
  onAsked(asked: Asked | undefined): void;
  /** A row is pointed at or has the focus: the map frames its place. */
  onHot: ((task: TaskSnapshot | undefined, label: string) => void) | undefined;
}

/** The least widths of a table's columns (see TaskTable) with gaps and edges, in CSS pixels. A page of 1280 has room for it. */
const TABLE_WIDTH = 1_244;

/** The list with what stands above it, and what stands in its place. */
export function MonitorBody(props: MonitorBodyProps) {
  const { store, state, filter, onFilter, isTable, nowMs, asked, onAsked, onHot } = props;
  const { token } = theme.useToken();
  const { language, msg } = useTranslator();
  const monitor = useMonitor();
  const { actions, user, openRun, ask } = monitor;
  const problems = useSyncExternalStore(actions.subscribe, actions.getProblems, actions.getProblems);
  const isOnline = useOnline();
  const [isHeld, setIsHeld] = useState(false);
  const [hot, setHot] = useState<string>();
  const root = useRef<HTMLDivElement>(null);
  const sections = useSections({ store, state, filter, isTable, isHeld, nowMs });
  const { runs } = props;
  const listed = useMemo(() => runs.withNodes(sections), [runs, sections]);
  const selection = useSelection(sections, store.taskOf);
  const bulk = useBulk(actions);

  // The buttons are there when the pointer or the focus comes.
  useEffect(() => RowButtons.preload(), []);

  // The question, or what covers the list, had the focus: it goes back to where it was, or to the list.
  const isAsked = asked !== undefined;
  const isCovered = isAsked || props.sheet !== undefined;
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!isCovered) return;
    before.current = document.activeElement;
    return () => {
      const { activeElement } = document;
      if (
        activeElement !== document.body &&
        !root.current?.querySelector('[role=alertdialog], [role=dialog]')?.contains(activeElement)
      )
        return;
      const known = before.current;
      const row = root.current?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]');
      if (known instanceof HTMLElement && known.isConnected && known !== document.body) known.focus();
      else row?.focus();
    };
  }, [isCovered]);

  const rowCount = rowCountOf(sections);
  const { view = 'active' } = filter;
  const { hasOlder, isReadingOlder, structure } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that fits no row is followed by the next one.
  const onEndReached = useCallback(() => {
    if (view === 'finished' && hasOlder && !isReadingOlder) void store.readOlder();
  }, [store, view, hasOlder, isReadingOlder, structure]);
  const isOld = !['live', 'polling', 'connecting'].includes(state.connection.state);
  const connection = isOnline ? state.connection : OFFLINE;
  const asOf = clockTime(store.asOfMs, language);

  const confirm = () => {
    if (!asked) return;
    onAsked(undefined);
    selection.clear();
    bulk.start(asked);
  };
  const list = useMemo(
    () => ({
      onOpen(id: string) {
        // A node's row has the id of its run, a line feed, and its key.
        const at = id.indexOf('\n');
        const taskId = at < 0 ? id : runs.runOf(id.slice(0, at))?.run.node(id.slice(at + 1))?.taskId;
        if (taskId !== undefined) openRun?.(taskId);
      },
      onDelete: (id: string) => {
        const task = store.tasks.get(id);
        if (task && actions.can('cancel', task)) ask('cancel', [task]);
      },
      onSearch: () => {
        const field = root.current?.parentElement?.querySelector<HTMLElement>(
          '[data-monitor-search] input, input[data-monitor-search]',
        );
        field?.focus();
      },
    }),
    [openRun, store, actions, ask, runs],
  );

  return (
    <div
      ref={root}
      style={{ display: 'flex', flex: 1, flexDirection: 'column', minHeight: 0, position: 'relative' }}
    >
      {isOnline ? null : (
        <div style={{ paddingInline: EDGE, paddingBlockEnd: token.paddingXS }}>
          <Notice kind="warning">{msg('offline', { time: asOf })}</Notice>
        </div>
      )}
      {asked ? (
        <ConfirmAction {...asked} user={user} onBack={() => onAsked(undefined)} onConfirm={confirm} />
      ) : null}
      {selection.tasks.length > 0 ? (
        <SelectionBar {...props} selection={selection} rowCount={rowCount} isHidden={isAsked} />
      ) : null}
      {hot !== undefined && onHot ? <HotOutline store={store} id={hot} onHot={onHot} /> : null}
      {bulk.running.map((each) => (
        <BulkRow key={each.key} bulk={each} onClose={() => bulk.forget(each.key)} />
      ))}
      {props.sheet}
      {rowCount === 0 ? (
        state.status === 'loading' || isReadingOlder ? (
          <Loading />
        ) : (
          <EmptyState store={store} state={state} filter={filter} onFilter={onFilter} />
        )
      ) : (
        <TaskList
          sections={listed}
          head={isTable ? <TableHead /> : null}
          minWidth={isTable ? TABLE_WIDTH : undefined}
          headerNote={isOld || !isOnline ? msg('as_of', { time: asOf }) : undefined}
          onToggle={(id, range) => {
            if (store.taskOf(id)) selection.toggle(id, range);
          }}
          {...list}
          onHot={setHot}
          onHold={setIsHeld}
          onEndReached={onEndReached}
          show={props.shown}
          renderRow={(row, look, onPoint) => {
            const run = row.node && runs.runOf(row.node.run)?.run;
            if (row.node && run) {
              const { app, packs, language } = props;
              return (
                <ListedNode
                  key={row.id}
                  {...{ app, packs, language, run, row, onPoint }}
                  {...look}
                  nodeKey={row.node.key}
                />
              );
            }
            return (
              <ListedTask
                key={row.id}
                {...{ store, row, onPoint, nowMs, isTable, connection }}
                {...look}
                isSelected={selection.has(row.id)}
                isSelecting={selection.tasks.length > 0}
                onToggle={selection.toggle}
                problem={problems.get(row.id)}
              />
            );
          }}
          footer={
            isReadingOlder ? (
              <p style={{ margin: 0, padding: EDGE, color: token.colorTextSecondary }}>{msg('loading')}</p>
            ) : null
          }
        />
      )}
    </div>
  );
}

function rowCountOf(sections: readonly Section[]): number {
  return sections.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** The connection as it is without a network, whatever the client has noticed so far. */
const OFFLINE = { state: 'reconnecting', attempt: 1, retryAt: 0, reason: '' } as const;
