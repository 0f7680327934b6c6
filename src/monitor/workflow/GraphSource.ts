/** The graph view draws from this: a run that goes on, or a graph that has not run yet. */
import type { GraphIndex } from './graphIndex.ts';
import { type LinkState, linkState } from './linkStates.ts';
import { type NodeState, nodeStates } from './nodeStates.ts';

export interface GraphSource {
  node(key: string): NodeState | undefined;
  link(id: number): LinkState | undefined;
  /** Calls the listener when this node, or a link that leads on from it, has changed. */
  subscribeNode(key: string, listener: () => void): () => void;
}

/** A graph that does not run: its nodes are not started. */
export function stillSource(index: GraphIndex): GraphSource {
  const states = nodeStates({
    index,
    run: undefined,
    tasks: new Map(),
    kept: new Map(),
    keptTasks: new Map(),
    only: undefined,
    connection: undefined,
  });
  const links = new Map(
    index.links.map((link) => [link.id, linkState(link, states.get(link.from), undefined)]),
  );
  return {
    node: (key) => states.get(key),
    link: (id) => links.get(id),
    subscribeNode: () => () => undefined,
  };
}
