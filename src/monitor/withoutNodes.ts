import { toTaskError } from '../client/taskStore.ts';
import { RUN_TAG, type TaskFilter } from '../contract/index.ts';

/** The filter, without the tasks of nodes of workflows: a run is one row. A filter that asks for the nodes of a run stays as it is. */
export function withoutNodes(filter: TaskFilter): TaskFilter {
  return filter.tag?.startsWith(RUN_TAG) ? filter : { ...filter, nodes: false };
}

/** True where a server of an earlier version refused the filter, because it knows no nodes: so it has none. */
export function isRefusalOfNodes(thrown: unknown): boolean {
  const { parameters = [] } = toTaskError(thrown);
  return parameters.some(({ parameter }) => parameter === 'nodes' || parameter === 'filter.nodes');
}
