/** Says how a node of the graph looks in each of its states. */
import type { GlobalToken } from 'antd';
import { colourOf } from '../../parts/StateIcon.tsx';
import type { ShownState } from '../../parts/stateOf.ts';
import { isRunning, type NodeStatus } from './nodeStates.ts';

export interface NodeLook {
  icon: ShownState;
  /** The colour of the icon. */
  colour: string;
  border: string;
  isDashed: boolean;
  /** It has no fill, and its words are not strong: nothing of it has happened. */
  isEmpty: boolean;
}

/** A state that no task has is shown with the icon of a task that is near to it. */
export function iconOf(status: NodeStatus): ShownState {
  return status === 'waiting' || status === 'not-started' ? 'queued' : status;
}

export function nodeLook(status: NodeStatus, token: GlobalToken): NodeLook {
  const icon = iconOf(status);
  const colour = colourOf(icon, token);
  const isEmpty = ['waiting', 'not-started', 'queued', 'stuck', 'skipped', 'cancelled'].includes(status);
  const border =
    status === 'failed' ? token.colorError : isRunning({ status }) ? token.colorPrimary : token.colorBorder;
  return { icon, colour, border, isDashed: status === 'skipped', isEmpty };
}
