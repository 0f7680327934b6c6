/** A workflow for the stories and tests of the run view, as it stands in the middle of a run, and a client that serves it. */
import type { SystemClient } from '../../src/client/SystemClient.ts';
import type { TaskLogEntry } from '../../src/client/taskStore.ts';
import {
  type GeoFeature,
  NODE_TAG,
  RUN_TAG,
  type TaskSnapshot,
  WORKFLOW_TASK,
  type WorkflowGraph,
} from '../../src/contract/index.ts';
import { createFakeSystem, type FakeSystem, type FakeTask } from '../fakeSystem.ts';

export const GRAPH: WorkflowGraph = {
  name: 'Plan and connect',
  nodes: [
    { key: 'area', task: 'choose_area', title: 'Choose area', params: { design: 'design/FTTH-North' } },
    { key: 'addresses', task: 'check_data', title: 'Check addresses' },
    { key: 'poles', task: 'check_data', title: 'Check poles' },
    { key: 'prices', task: 'read_prices', title: 'Read prices' },
    { key: 'plan', task: 'plan_area', title: 'Plan an area', weight: 8 },
    { key: 'connect', task: 'connect_area', title: 'Connect', weight: 8 },
    { key: 'bill', task: 'bill_of_materials', title: 'Bill of materials' },
    { key: 'export', task: 'export_plan', title: 'Export', params: { format: 'GeoPackage' } },
    { key: 'report', task: 'write_report', title: 'Report' },
  ],
  links: [
    { from: 'area', to: 'addresses', input: 'area' },
    { from: 'area', to: 'poles', input: 'area' },
    { from: 'addresses', to: 'plan', output: 'addresses', input: 'addresses' },
    { from: 'poles', to: 'plan', output: 'poles', input: 'poles' },
    { from: 'plan', to: 'connect', output: 'drops', input: 'drops' },
    { from: 'plan', to: 'bill', output: 'pieces', input: 'pieces' },
    { from: 'prices', to: 'bill', output: 'prices', input: 'prices' },
    { from: 'connect', to: 'export', input: 'network' },
    { from: 'bill', to: 'report', input: 'bill' },
    { from: 'connect', to: 'report', input: 'network' },
  ],
};

export const RUN_ID = 'run-7';

/** Says when a node began and ended, in seconds from the start of the run, and how it stands. */
type Script = Readonly<
  Record<
    string,
    { from?: number; to?: number; made?: number; result?: unknown; also?: Partial<TaskSnapshot> }
  >
>;

const drops = (count: number): GeoFeature[] =>
  Array.from({ length: count }, (_, index) => {
    const x = 10.1 + (index % 50) * 0.0004;
    const y = 48.8 + Math.floor(index / 50) * 0.0004;
    return {
      type: 'Feature',
      id: `drop/${index + 1}`,
      geometry: {
        type: 'LineString',
        coordinates: [
          [x, y],
          [x + 0.0002, y + 0.0001],
        ],
      },
      properties: { table: 'drop' },
    };
  });

export const NO_PRICE = 'The price list has no item “splitter 1:32”.';

/** The middle of a run: five nodes are done, one runs, one failed. */
export const MIDDLE: Script = {
  area: { from: 0, to: 1, made: 1, result: { type: 'Feature', name: 'FTTH-North' } },
  addresses: { from: 1, to: 5, result: { addresses: Array.from({ length: 1_612 }, (_, index) => index) } },
  poles: { from: 1, to: 3, result: { poles: Array.from({ length: 214 }, (_, index) => index) } },
  prices: { from: 0, to: 1, result: { prices: Array.from({ length: 42 }, (_, index) => index) } },
  plan: {
    from: 6,
    to: 44,
    result: { drops: drops(1_500), pieces: Array.from({ length: 3_046 }, (_, index) => index) },
  },
  connect: {
    from: 45,
    also: {
      status: 'running',
      progress: { percent: 64, step: null, message: 'Connecting', done: 958, total: 1_500 },
      built: { count: 958, tables: ['drop'] },
    },
  },
  bill: {
    from: 44,
    to: 45,
    also: { status: 'failed', error: { code: 'no-price', message: NO_PRICE } },
  },
};

const LOG: readonly Omit<TaskLogEntry, 'at'>[] = [
  { level: 'info', message: '3,046 pieces of 9 kinds counted' },
  { level: 'info', message: 'Price list: 42 items, EUR' },
  { level: 'error', message: 'No price for “splitter 1:32” (48 pieces)' },
];

export interface ServedWorkflow {
  client: SystemClient;
  system: FakeSystem;
  run: FakeTask;
  /** The task of a node. Throws where it has none. */
  node(key: string): FakeTask;
  /** Adds the task of a node, as the server does when all nodes before it have succeeded. */
  start(key: string, also?: Partial<TaskSnapshot>): FakeTask;
}

export interface WorkflowServer {
  script?: Script;
  graph?: WorkflowGraph;
  /** The task of the run. */
  also?: Partial<TaskSnapshot>;
  /** The client can watch tasks. */
  watches?: boolean;
  /** The run began so many seconds ago. */
  secondsAgo?: number;
}

export function serveWorkflow({
  script = MIDDLE,
  graph = GRAPH,
  also = {},
  watches = true,
  secondsAgo = 53,
}: WorkflowServer = {}): ServedWorkflow {
  const startMs = Date.now() - secondsAgo * 1000;
  const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString();
  const system = createFakeSystem({ watches });
  const run = system.add({
    id: RUN_ID,
    name: WORKFLOW_TASK,
    queue: 'lrt-workflow',
    status: 'running',
    owner: 'mara',
    params: { graph, design: 'design/FTTH-North' },
    createdAt: at(0),
    startedAt: at(0),
    progress: { percent: 62, step: null, message: '5 of 9 done', done: 13, total: 23 },
    ...also,
  });
  const tasks = new Map<string, FakeTask>();
  const start = (key: string, given: Partial<TaskSnapshot> = {}) => {
    const node = graph.nodes.find((each) => each.key === key);
    const task = system.add({
      id: `node-${key}`,
      name: node?.task ?? key,
      owner: 'mara',
      params: { ...node?.params },
      tags: [`${RUN_TAG}${RUN_ID}`, `${NODE_TAG}${key}`],
      createdAt: new Date().toISOString(),
      ...given,
    });
    tasks.set(key, task);
    return task;
  };
  for (const [key, { from, to, made, result, also: own }] of Object.entries(script)) {
    start(key, {
      status: to === undefined ? 'queued' : 'succeeded',
      createdAt: at((from ?? 0) - 0.4),
      ...(from !== undefined && { startedAt: at(from) }),
      ...(to !== undefined && { finishedAt: at(to) }),
      ...(result !== undefined && { result }),
      ...(made !== undefined && { built: { count: made, tables: [] } }),
      ...own,
    });
  }
  const client: SystemClient = {
    ...system.client,
    streamTaskProgress(id, handlers) {
      if (id === 'node-bill') {
        queueMicrotask(() => {
          for (const [index, line] of LOG.entries()) handlers.onLog?.({ ...line, at: at(44 + index / 4) });
        });
      }
      return system.client.streamTaskProgress(id, handlers);
    },
  };
  return {
    client,
    system,
    run,
    node(key) {
      const task = tasks.get(key);
      if (!task) throw new Error(`The node "${key}" has no task`);
      return task;
    },
    start,
  };
}
