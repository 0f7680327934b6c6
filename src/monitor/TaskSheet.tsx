import { Button, theme } from 'antd';
import { useEffect, useId, useMemo, useRef, useSyncExternalStore } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import { isTerminal, type TaskSnapshot } from '../contract/index.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { designOf, taskTitle } from '../parts/taskWords.ts';
import { EDGE } from './edge.ts';
import { Icon } from './icons.tsx';
import type { MonitorViewProps } from './monitorProps.ts';
import { LogView } from './run/LogView.tsx';
import { ParametersTab } from './run/ParametersTab.tsx';
import { RunFeed } from './run/RunFeed.ts';
import { RunWordsProvider } from './run/RunWordsProvider.tsx';
import { useOpened } from './run/useOpened.ts';

/** The sheet shows this of a task. */
export interface Sheet {
  /** 'again': the parameters, filled in, for another run. */
  kind: 'log' | 'again';
  task: TaskSnapshot;
}

export interface TaskSheetProps extends Sheet, Pick<MonitorViewProps, 'app' | 'packs' | 'language'> {
  system: SystemClient;
  onClose(): void;
}

/** Covers the list with the log of a task, or with its parameters for another run. Escape and Back lead to the list. */
export function TaskSheet({ kind, task, system, app, packs, language, onClose }: TaskSheetProps) {
  const { token } = theme.useToken();
  const words = useTranslator();
  const { msg } = words;
  const heading = useId();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const design = designOf(task);
  return (
    <div
      role="dialog"
      aria-labelledby={heading}
      style={{
        position: 'absolute',
        inset: 0,
        zIndex: 2,
        display: 'flex',
        flexDirection: 'column',
        background: token.colorBgContainer,
      }}
    >
      <div
        style={{
          display: 'flex',
          flex: 'none',
          alignItems: 'center',
          gap: token.marginXS,
          height: 40,
          paddingInline: `${EDGE / 2}px ${EDGE}px`,
          borderBlockEnd: `1px solid ${token.colorSplit}`,
        }}
      >
        <Button
          ref={back}
          type="text"
          size="small"
          aria-label={msg('back')}
          title={msg('back')}
          icon={<Icon name="back" rtl={words.direction === 'rtl'} />}
          onClick={onClose}
        />
        <span
          id={heading}
          style={{ overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          <span style={{ fontWeight: 600 }}>{msg(kind === 'log' ? 'log' : 'run_again')}</span>
          {' · '}
          <bdi>{taskTitle(task, words)}</bdi>
          {design === undefined ? null : (
            <>
              {' · '}
              <bdi>{design}</bdi>
            </>
          )}
        </span>
      </div>
      <div style={{ flex: 1, minHeight: 0, overflow: kind === 'log' ? 'hidden' : 'auto' }}>
        <RunWordsProvider app={app} packs={packs} language={language}>
          {kind === 'log' ? (
            <Log system={system} task={task} />
          ) : (
            <ParametersTab
              system={system}
              task={task}
              isEditing
              onEditing={(isEditing) => {
                if (!isEditing) onClose();
              }}
              onStarted={onClose}
            />
          )}
        </RunWordsProvider>
      </div>
    </div>
  );
}

/** The log, also of a task that ended long ago. */
function Log({ system, task }: Pick<TaskSheetProps, 'system' | 'task'>) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known already is for the first look only.
  const feed = useMemo(() => new RunFeed({ system, taskId: task.id, known: task }), [system, task.id]);
  useOpened(feed);
  const state = useSyncExternalStore(feed.subscribe, feed.getState, feed.getState);
  const isOver = isTerminal(state.task?.status ?? task.status);
  return (
    <LogView
      log={feed.log}
      live={!isOver}
      gone={isTerminal(task.status) && !system.listLog}
      fileName={task.id}
    />
  );
}
