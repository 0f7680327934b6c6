/** Lays out a run that is known: header, map and log, and tabs beside them, or all of it in one column. */
import { theme } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Failure } from '../../client/taskStore.ts';
import { isTerminal, type TaskSnapshot, UNDO_TASK } from '../../contract/index.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { onDemand } from '../../parts/onDemand.tsx';
import { AttemptsTab } from './AttemptsTab.tsx';
import { ItemsTab } from './ItemsTab.tsx';
import { LogView } from './LogView.tsx';
import { ParametersTab } from './ParametersTab.tsx';
import { ResultTab } from './ResultTab.tsx';
import { RunActions } from './RunActions.tsx';
import type { RunFeed, RunState } from './RunFeed.ts';
import { RunHeader } from './RunHeader.tsx';
import type { RunPageProps } from './runPageProps.ts';
import { shortTime } from './runTimes.ts';
import { Splitter } from './Splitter.tsx';
import { type Tab, TabBar } from './TabBar.tsx';
import { useBox } from './useBox.ts';
import { useChosenItem } from './useChosenItem.ts';
import { useRunWords } from './useRunWords.ts';
import { useZoomToRun } from './useZoomToRun.ts';

const UndoRun = onDemand(() => import('../../parts/UndoRun.tsx').then((module) => module.UndoRun));

export interface RunDetailsProps extends RunPageProps {
  feed: RunFeed;
  state: RunState;
  task: TaskSnapshot;
}

type TabKey = 'map' | 'items' | 'log' | 'result' | 'parameters' | 'attempts';

/** Widths of the page, not of the window, in CSS pixels. */
const COLUMNS = 960;
const TABLE = 640;
const LOG = { height: 220, min: 120 };

export function RunDetails({ feed, state, task, ...props }: RunDetailsProps) {
  const { system, map, user, onOpen, onBack } = props;
  const { token } = theme.useToken();
  const { msg, language } = useRunWords();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const box = useBox(root, { width: 1280, height: 720 });
  const inColumns = box.width >= COLUMNS;
  const isOver = isTerminal(task.status);
  const [tab, setTab] = useState<TabKey>();
  const [isEditing, setEditing] = useState(false);
  const [logHeight, setLogHeight] = useState(LOG.height);
  const [refused, setRefused] = useState<{
    heading: 'cancel_failed_heading' | 'refused_heading';
    failure: Failure;
  }>();
  // A log that nobody saw may have had lines.
  const wasOver = useRef(isOver);
  useZoomToRun(task, map?.host);
  const { chosen, choose, chooseBy } = useChosenItem(task, map?.host.taskOverlay);

  useEffect(() => {
    root.current?.querySelector<HTMLElement>('[data-phase-heading]')?.focus({ preventScroll: true });
  }, []);

  const { items } = task;
  const views: Tab<TabKey>[] = [
    ...(inColumns || !map ? [] : [{ key: 'map' as const, label: msg('tab_map') }]),
    { key: 'items', label: msg('tab_items'), count: items && (items.failed || items.ok) },
    ...(inColumns ? [] : [{ key: 'log' as const, label: msg('tab_log') }]),
    { key: 'result', label: msg('tab_result') },
    { key: 'parameters', label: msg('tab_parameters') },
    { key: 'attempts', label: msg('tab_attempts'), count: task.attempt },
  ];
  const first = items && items.failed + items.ok > 0 ? 'items' : isOver ? 'result' : 'parameters';
  const active = views.find(({ key }) => key === tab)?.key ?? (inColumns || !map ? first : 'map');

  const open = onOpen && ((taskId: string) => onOpen({ run: taskId }));
  const log = (
    <LogView
      log={feed.log}
      live={!isOver}
      gone={wasOver.current}
      fileName={task.id}
      mentioned={chosen?.id}
      onChoose={chooseBy}
    />
  );
  const panels: Record<TabKey, () => ReactNode> = {
    map: () => <div style={{ display: 'flex', height: '100%' }}>{map?.view}</div>,
    log: () => log,
    items: () => (
      <ItemsTab
        {...{ system, task, isOver }}
        map={map?.host}
        chosen={chosen?.id}
        onChoose={choose}
        asCards={box.width < TABLE}
      />
    ),
    result: () => (
      <ResultTab
        {...{ system, task }}
        onTable={
          props.onTable &&
          (() => {
            props.onTable?.(task);
            // The table stands below the map.
            if (!inColumns && map) setTab('map');
          })
        }
      />
    ),
    parameters: () => (
      <ParametersTab
        {...{ system, task, isEditing }}
        onEditing={setEditing}
        onStarted={(taskId) => {
          setEditing(false);
          open?.(taskId);
        }}
      />
    ),
    attempts: () => <AttemptsTab {...{ system, task, user }} onOpen={open} />,
  };
  const fixed = active === 'map' || active === 'log' || active === 'items';
  const tabs = (
    <section style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, minWidth: 0 }}>
      <TabBar<TabKey> id={id} label={msg('run_views')} tabs={views} active={active} onActive={setTab} />
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${active}`}
        // The keyboard has to reach what scrolls.
        tabIndex={fixed ? undefined : 0}
        style={{ position: 'relative', flex: 1, minHeight: 0, overflow: fixed ? 'hidden' : 'auto' }}
      >
        {panels[active]()}
      </div>
    </section>
  );

  return (
    <div
      ref={root}
      style={{
        display: 'flex',
        flexDirection: 'column',
        height: '100%',
        minHeight: 0,
        background: token.colorBgContainer,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
      }}
    >
      <RunHeader
        {...{ state, task, user, onBack }}
        figures={props.figures}
        narrow={box.width < TABLE}
        actions={
          <RunActions
            {...{ system, task }}
            narrow={box.width < TABLE}
            link={props.linkTo?.({ run: task.id })}
            onCompare={onOpen && (() => onOpen({ run: task.id, with: '' }))}
            onRunAgain={() => {
              if (props.onRunAgain) return props.onRunAgain(task);
              setTab('parameters');
              setEditing(true);
            }}
            onStarted={(taskId) => open?.(taskId)}
            onCancelRequested={() => feed.cancelRequested()}
            onFailure={(heading, failure) => setRefused(failure && { heading, failure })}
          />
        }
      />
      {task.status === 'succeeded' && (task.name === UNDO_TASK || typeof task.params.design === 'string') ? (
        <div style={{ paddingInline: token.padding }}>
          <UndoRun
            app={{ localisation: props.app.localisation, system, map: map?.host }}
            taskId={task.id}
            isUndo={task.name === UNDO_TASK}
          />
        </div>
      ) : null}
      {refused ? (
        <div style={{ paddingInline: token.padding, paddingBlockEnd: token.paddingXS }}>
          <Notice kind="error" urgent title={msg(refused.heading)}>
            <ErrorText error={refused.failure} />
          </Notice>
        </div>
      ) : null}
      {state.error && !isOver ? (
        <div role="status" style={{ paddingInline: token.padding, background: token.colorWarningBg }}>
          {state.error.code === 'network'
            ? msg('run_offline', {
                time: shortTime(new Date(state.asOfMs ?? Date.now()).toISOString(), language),
              })
            : state.error.message}
        </div>
      ) : null}
      {inColumns ? (
        <div
          style={{
            display: 'grid',
            gridTemplateColumns: `minmax(0, 1fr) ${box.width < 1160 ? 408 : 496}px`,
            flex: 1,
            minHeight: 0,
          }}
        >
          <div
            style={{
              display: 'flex',
              flexDirection: 'column',
              minHeight: 0,
              borderInlineEnd: `1px solid ${token.colorBorderSecondary}`,
            }}
          >
            {map ? (
              <>
                <div style={{ position: 'relative', display: 'flex', flex: 1, minHeight: 0 }}>{map.view}</div>
                <Splitter
                  height={logHeight}
                  min={LOG.min}
                  max={Math.max(LOG.min, Math.round(box.height * 0.7))}
                  onHeight={setLogHeight}
                />
              </>
            ) : null}
            <div style={map ? { flex: 'none', height: logHeight } : { flex: 1, minHeight: 0 }}>{log}</div>
          </div>
          {tabs}
        </div>
      ) : (
        tabs
      )}
    </div>
  );
}
