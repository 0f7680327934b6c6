import type { GlobalToken } from 'antd';
import { isRunning, type NodeState } from './nodeStates.ts';

/** Draws how far a running task is along the lower edge of the box around it. */
export function EdgeBar({ state, token }: { state: NodeState; token: GlobalToken }) {
  if (!isRunning(state)) return null;
  return (
    <div
      style={{
        position: 'absolute',
        insetInline: 0,
        insetBlockEnd: 0,
        height: 3,
        background: token.colorFillSecondary,
      }}
    >
      <div
        style={{
          height: '100%',
          width: `${state.task?.progress.percent ?? 0}%`,
          background: state.status === 'running' ? token.colorPrimary : token.colorTextSecondary,
        }}
      />
    </div>
  );
}
