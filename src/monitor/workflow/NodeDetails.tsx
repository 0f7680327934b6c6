/** Shows the chosen node: state, reason, the buttons that run it again, and its log, parameters, attempts and time. */
import { Button, theme } from 'antd';
import { useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import { formatDuration, numberFormat } from '../../locales/intl.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { StateIcon } from '../../parts/StateIcon.tsx';
import { AttemptsTab } from '../run/AttemptsTab.tsx';
import { FieldList } from '../run/FieldList.tsx';
import { LogView } from '../run/LogView.tsx';
import { ParametersTab } from '../run/ParametersTab.tsx';
import { RunFeed } from '../run/RunFeed.ts';
import { fieldsOf } from '../run/resultFields.ts';
import { TabBar } from '../run/TabBar.tsx';
import { useOpened } from '../run/useOpened.ts';
import type { GraphIndex } from './graphIndex.ts';
import { iconOf } from './nodeLook.ts';
import { isRunning, type NodeState } from './nodeStates.ts';
import { percentText, reasonText, secondsOf, statusWord } from './nodeWords.ts';
import { nameOf } from './readGraph.ts';
import { TimeTab } from './TimeTab.tsx';
import { useNode } from './useNode.ts';
import type { RunAgain } from './useRunAgain.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import { WorkflowIcon } from './WorkflowIcon.tsx';
import type { WorkflowRun } from './WorkflowRun.ts';

export interface NodeDetailsProps {
  system: SystemClient;
  run: WorkflowRun;
  index: GraphIndex;
  /** The task of the run. */
  task: TaskSnapshot;
  nodeKey: string;
  nowMs: number;
  user: string | undefined;
  again: RunAgain;
  /** Nodes that are selected to be run. The chosen one is among them. */
  selected: readonly string[];
  chosenLink: number | undefined;
  onLink(id: number): void;
  onOpen: ((taskId: string) => void) | undefined;
  /** It covers the list of a narrow page, and has a button back. */
  isPage: boolean;
  onClose(): void;
}

type TabKey = 'log' | 'parameters' | 'attempts' | 'time';

export function NodeDetails(props: NodeDetailsProps) {
  const { run, nodeKey, nowMs, task, again, selected, isPage, onOpen } = props;
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const { msg, language, direction } = words;
  const state = useNode(run, nodeKey);
  if (!state) return null;
  const seconds = secondsOf(state, nowMs);
  const facts = [
    state.task && msg('run_attempt', { attempt: state.task.attempt }),
    seconds !== undefined && formatDuration(seconds, language),
    isRunning(state) && percentText(state, words),
  ].filter((fact) => typeof fact === 'string');
  const canRun = again.can && isTerminal(task.status);
  return (
    <aside
      aria-label={msg('wf_details', { name: state.name })}
      style={{
        display: 'flex',
        flexDirection: 'column',
        flex: isPage ? 1 : 'none',
        width: isPage ? undefined : 304,
        minHeight: 0,
        boxSizing: 'border-box',
        borderInlineStart: isPage ? 'none' : `1px solid ${token.colorSplit}`,
        background: token.colorBgContainer,
      }}
    >
      <div
        style={{
          padding: '12px 16px 0',
          overflowY: 'auto',
          flex: '0 1 auto',
          minHeight: 48,
          maxHeight: '70%',
        }}
      >
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          {isPage ? (
            <Button
              type="text"
              size="small"
              aria-label={msg('wf_close_details')}
              title={msg('wf_close_details')}
              icon={<WorkflowIcon name="back" isRtl={direction === 'rtl'} />}
              onClick={props.onClose}
            />
          ) : null}
          <StateIcon state={iconOf(state.status)} percent={state.task?.progress.percent} />
          <h3
            data-details-heading
            tabIndex={-1}
            style={{
              flex: 1,
              minWidth: 0,
              margin: 0,
              fontSize: token.fontSize,
              lineHeight: '20px',
              fontWeight: 600,
              outline: 'none',
              overflowWrap: 'anywhere',
            }}
          >
            {onOpen && state.taskId !== undefined ? (
              <Button
                type="link"
                title={msg('run_open')}
                style={{
                  height: 'auto',
                  padding: 0,
                  fontWeight: 600,
                  whiteSpace: 'normal',
                  textAlign: 'start',
                }}
                onClick={() => state.taskId !== undefined && onOpen(state.taskId)}
              >
                <bdi>{state.name}</bdi>
              </Button>
            ) : (
              <bdi>{state.name}</bdi>
            )}
          </h3>
          <span style={{ fontSize: token.fontSizeSM, color: token.colorTextSecondary, whiteSpace: 'nowrap' }}>
            {facts.length > 0 ? facts.join(' · ') : statusWord(state, words)}
          </span>
        </div>
        <Reason state={state} />
        {again.can ? (
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBlockStart: 12 }}>
            <Button
              type="primary"
              aria-disabled={!canRun || again.isBusy}
              title={canRun ? undefined : msg('wf_after_end')}
              style={canRun ? undefined : { opacity: 0.55, cursor: 'not-allowed' }}
              onClick={() => canRun && again.start({ from: [nodeKey] })}
            >
              {msg('wf_run_from_here')}
            </Button>
            <Button
              aria-disabled={!canRun || again.isBusy}
              title={canRun ? undefined : msg('wf_after_end')}
              style={canRun ? undefined : { opacity: 0.55, cursor: 'not-allowed' }}
              onClick={() => canRun && again.start({ only: [...selected] })}
            >
              {selected.length > 1
                ? msg('wf_run_selected_count', { count: selected.length })
                : msg('wf_run_selected')}
            </Button>
          </div>
        ) : null}
        {again.failure ? (
          <Notice kind="error" urgent title={msg('refused_heading')}>
            <ErrorText error={again.failure} />
          </Notice>
        ) : null}
        <HandsOn {...props} />
      </div>
      <Tabs key={state.taskId ?? nodeKey} {...props} state={state} />
    </aside>
  );
}

function Reason({ state }: { state: NodeState }) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const reason = reasonText(state, words);
  if (reason === undefined) return null;
  if (state.status !== 'failed') {
    return (
      <p
        style={{
          margin: 0,
          marginBlockStart: 8,
          fontSize: token.fontSize - 1,
          color: token.colorTextSecondary,
        }}
      >
        <bdi>{reason}</bdi>
      </p>
    );
  }
  return (
    <Notice kind="error">
      <span style={{ fontSize: token.fontSize - 1, lineHeight: '18px' }}>
        <bdi>{reason}</bdi>{' '}
        <span style={{ color: token.colorTextSecondary }}>{words.msg('wf_kept_hint')}</span>
      </span>
    </Notice>
  );
}

/** The links that lead on, for the keyboard and for fingers: each shows its features on the map. */
function HandsOn({ run, index, nodeKey, chosenLink, onLink }: NodeDetailsProps) {
  const { token } = theme.useToken();
  const { msg, language } = useWorkflowWords();
  const links = (index.from.get(nodeKey) ?? []).slice(0, 20);
  if (links.length === 0) return null;
  return (
    <div
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: '0 4px',
        marginBlockStart: 8,
        fontSize: token.fontSizeSM,
        color: token.colorTextSecondary,
      }}
    >
      <span>{msg('wf_leads_on')}</span>
      {links.map(({ id, to }) => {
        const count = run.link(id)?.count;
        const name = nameOf(index.nodes.get(to) ?? { key: to });
        return (
          <Button
            key={id}
            type="link"
            size="small"
            aria-pressed={id === chosenLink}
            style={{ paddingInline: 4, fontSize: token.fontSizeSM, maxWidth: '100%' }}
            onClick={() => onLink(id)}
          >
            <bdi>{name}</bdi>
            {count === undefined ? null : ` ${numberFormat(language).format(count)}`}
          </Button>
        );
      })}
    </div>
  );
}

function Tabs({ state, ...props }: NodeDetailsProps & { state: NodeState }) {
  const { token } = theme.useToken();
  const { msg } = useWorkflowWords();
  const id = useId();
  const [tab, setTab] = useState<TabKey>('log');
  const tabs = [
    { key: 'log' as const, label: msg('tab_log') },
    { key: 'parameters' as const, label: msg('tab_parameters') },
    { key: 'attempts' as const, label: msg('tab_attempts') },
    { key: 'time' as const, label: msg('wf_tab_time') },
  ];
  return (
    <>
      <div style={{ flex: 'none', marginBlockStart: 4 }}>
        <TabBar<TabKey>
          id={id}
          label={msg('wf_details', { name: state.name })}
          tabs={tabs}
          active={tab}
          onActive={setTab}
        />
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${tab}`}
        // The keyboard has to reach what scrolls.
        tabIndex={tab === 'log' ? undefined : 0}
        style={{
          flex: '1 1 140px',
          minHeight: 96,
          overflow: tab === 'log' ? 'hidden' : 'auto',
          fontSize: token.fontSize - 1,
        }}
      >
        {state.taskId === undefined ? (
          <Untold {...props} tab={tab} />
        ) : (
          <TaskTabs {...props} taskId={state.taskId} known={state.task} tab={tab} />
        )}
      </div>
    </>
  );
}

/** A node without a task has parameters that it will be given, and nothing else. */
function Untold({ index, nodeKey, tab }: NodeDetailsProps & { tab: TabKey }) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const fields = tab === 'parameters' ? fieldsOf(index.nodes.get(nodeKey)?.params, 'parameter', words) : [];
  return (
    <div style={{ padding: '8px 16px', color: token.colorTextSecondary }}>
      {fields.length > 0 ? <FieldList fields={fields} /> : words.msg('wf_no_task')}
    </div>
  );
}

interface TaskTabsProps extends NodeDetailsProps {
  taskId: string;
  known: TaskSnapshot | undefined;
  tab: TabKey;
}

/** The task of the node, followed as long as it is chosen. */
function TaskTabs({ system, taskId, known, tab, user, onOpen }: TaskTabsProps) {
  const first = useRef(known);
  const feed = useMemo(() => new RunFeed({ system, taskId, known: first.current }), [system, taskId]);
  useOpened(feed);
  const { task } = useSyncExternalStore(feed.subscribe, feed.getState, feed.getState);
  const wasOver = useRef(known !== undefined && isTerminal(known.status));
  const shown = task ?? known;
  if (tab === 'log') {
    const live = shown !== undefined && !isTerminal(shown.status);
    return <LogView log={feed.log} live={live} compact gone={wasOver.current} fileName={taskId} />;
  }
  if (!shown) return null;
  if (tab === 'parameters') {
    return (
      <ParametersTab
        {...{ system, task: shown }}
        isEditing={false}
        onEditing={() => undefined}
        onStarted={() => undefined}
      />
    );
  }
  if (tab === 'attempts') return <AttemptsTab {...{ system, user, onOpen }} task={shown} />;
  return <TimeTab task={shown} />;
}
