/** One node of a workflow as a row below the row of its run. */
import { theme } from 'antd';
import type { RunPageProps } from '../run/runPageProps.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { nodeLook } from './nodeLook.ts';
import { isRunning } from './nodeStates.ts';
import { lineText, percentText, reasonText } from './nodeWords.ts';
import { useNode } from './useNode.ts';
import { useWorkflowWords } from './useWorkflowWords.ts';
import type { WorkflowRun } from './WorkflowRun.ts';
import { WorkflowWordsProvider } from './WorkflowWordsProvider.tsx';

export interface NodeRowProps extends Pick<RunPageProps, 'app' | 'packs' | 'language'> {
  run: WorkflowRun;
  nodeKey: string;
}

export function NodeRow({ run, nodeKey, ...words }: NodeRowProps) {
  return (
    <WorkflowWordsProvider {...words}>
      <Row run={run} nodeKey={nodeKey} />
    </WorkflowWordsProvider>
  );
}

function Row({ run, nodeKey }: Pick<NodeRowProps, 'run' | 'nodeKey'>) {
  const { token } = theme.useToken();
  const words = useWorkflowWords();
  const state = useNode(run, nodeKey);
  if (!state) return null;
  const look = nodeLook(state.status, token);
  const percent = isRunning(state) ? percentText(state, words) : undefined;
  const waits = state.status === 'failed' || state.status === 'waiting' || state.status === 'skipped';
  const text = (waits ? reasonText(state, words) : undefined) ?? lineText(state, words);
  return (
    <div
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 8,
        height: 28,
        boxSizing: 'border-box',
        // The row's edge, and below the name of the run.
        paddingInline: '42px 16px',
        fontSize: token.fontSize - 1,
        fontVariantNumeric: 'tabular-nums',
        lineHeight: '18px',
      }}
    >
      <NodeIcon
        state={look.icon}
        colour={look.colour}
        percent={state.task?.progress.percent}
        isRtl={words.direction === 'rtl'}
      />
      <bdi
        title={state.name}
        style={{ ...CUT, flex: '0 1 auto', color: look.isEmpty ? token.colorTextSecondary : token.colorText }}
      >
        {state.name}
      </bdi>
      <bdi
        title={text}
        style={{
          ...CUT,
          flex: '1 1 0',
          color: state.status === 'failed' ? token.colorError : token.colorTextSecondary,
        }}
      >
        {text}
      </bdi>
      {percent === undefined ? null : <bdi>{percent}</bdi>}
    </div>
  );
}

const CUT = { overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
