/** The state of one node, for a component that is drawn again when this node has changed, and for no other. */
import { useCallback, useSyncExternalStore } from 'react';
import type { GraphSource } from './GraphSource.ts';
import type { NodeState } from './nodeStates.ts';

export function useNode(source: GraphSource, key: string): NodeState | undefined {
  return useSyncExternalStore(
    useCallback((listener) => source.subscribeNode(key, listener), [source, key]),
    () => source.node(key),
  );
}
