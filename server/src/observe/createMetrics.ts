import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import { inTime } from '../common/inTime.ts';
import { fewNames } from './capLabelValues.ts';
import type { HttpObserver } from './HttpObserver.ts';
import { methodOf } from './methodOf.ts';
import { throttleProblems } from './throttleProblems.ts';

const RUN_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600, 1_800, 7_200];
const LAG_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
const HTTP_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Prometheus waits 10 s for a scrape. The other figures must not be lost because the database is away. */
const COUNT_TIMEOUT_MS = 5_000;

export interface TaskCount {
  status: string;
  name: string;
  count: number;
}

export interface MetricsOptions {
  /** Counts the kept tasks for each scrape. A worker leaves it out, because a server reports them. */
  countTasks?: () => Promise<TaskCount[]>;
  /** Receives each problem that the observer reports, for example to log it: the same one at most once in 30 s. */
  onProblem?: (message: string, error: unknown) => void;
}

export interface Metrics {
  observer: Required<TaskObserver>;
  http: HttpObserver;
  /**
   * The metrics in Prometheus' text format. It never rejects because of `countTasks`; it leaves lrt_tasks out then.
   */
  render(): Promise<{ contentType: string; body: string }>;
}

/**
 * Makes the metrics of one process for Prometheus. Make one per process: it also measures the process itself, for as
 * long as that lives.
 */
export function createMetrics({ countTasks, onProblem }: MetricsOptions): Metrics {
  const report = onProblem && throttleProblems(onProblem);
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const taskName = fewNames();
  const queueName = fewNames();
  const routeName = fewNames();

  const enqueued = new Counter({
    name: 'lrt_tasks_enqueued_total',
    help: 'Tasks that were accepted',
    labelNames: ['queue', 'name'],
    registers,
  });
  const queueWait = new Histogram({
    name: 'lrt_queue_wait_seconds',
    help: 'From when a task could run until a worker took it',
    labelNames: ['queue', 'name'],
    buckets: RUN_BUCKETS,
    registers,
  });
  const run = new Histogram({
    name: 'lrt_run_seconds',
    help: 'How long the last run of a task took that has ended, by how it ended',
    labelNames: ['name', 'status'],
    buckets: RUN_BUCKETS,
    registers,
  });
  const restarted = new Counter({
    name: 'lrt_tasks_restarted_total',
    help: 'Runs that were begun again: the worker was lost, or the task failed and is to be retried',
    labelNames: ['reason'],
    registers,
  });
  const lag = new Histogram({
    name: 'lrt_event_lag_seconds',
    help: 'From when an event happened until it was handed to a subscriber',
    buckets: LAG_BUCKETS,
    registers,
  });
  const problems = new Counter({
    name: 'lrt_problems_total',
    help: 'Errors of engine or worker; the log has each of a kind at most once in 30 s',
    registers,
  });
  let streamsOpen = () => 0;
  new Gauge({
    name: 'lrt_streams_open',
    help: 'Event streams that are open on this server',
    registers,
    collect() {
      this.set(streamsOpen());
    },
  });
  const requests = new Histogram({
    name: 'lrt_http_request_duration_seconds',
    help: 'Until the head of the answer',
    labelNames: ['method', 'route'],
    buckets: HTTP_BUCKETS,
    registers,
  });
  const requestCount = new Counter({
    name: 'lrt_http_requests_total',
    help: 'Requests that were answered',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  for (const reason of ['worker-lost', 'retry']) restarted.inc({ reason }, 0);

  const observer: Required<TaskObserver> = {
    enqueued: ({ name, queue }) => enqueued.inc({ queue: queueName(queue), name: taskName(name) }),
    started: ({ name, queue, waitSeconds }) =>
      queueWait.observe({ queue: queueName(queue), name: taskName(name) }, seconds(waitSeconds)),
    ended: ({ name, status, runSeconds }) =>
      run.observe({ name: taskName(name), status }, seconds(runSeconds)),
    restarted: ({ reason }) => restarted.inc({ reason }),
    eventDelivered: (lagSeconds) => lag.observe(seconds(lagSeconds)),
    problem: (message, error) => {
      problems.inc();
      report?.(message, error);
    },
  };
  if (countTasks) registerTaskCounts({ registry, countTasks, taskName, problem: observer.problem });

  const http: HttpObserver = {
    requestEnded: ({ method, route, status, seconds: duration }) => {
      const labels = { method: methodOf(method), route: routeName(route) };
      requests.observe(labels, seconds(duration));
      requestCount.inc({ ...labels, status });
    },
    countStreams: (count) => {
      streamsOpen = count;
    },
  };
  const render = async () => ({ contentType: registry.contentType, body: await registry.metrics() });
  return { observer, http, render: shared(render) };
}

function registerTaskCounts(options: {
  registry: Registry;
  countTasks: () => Promise<TaskCount[]>;
  taskName: (name: string) => string;
  problem: (message: string, error: unknown) => void;
}): void {
  const { registry, countTasks, taskName, problem } = options;
  new Gauge({
    name: 'lrt_tasks',
    help: 'Tasks that are kept, by state; the same figure on every server that shares the database',
    labelNames: ['state', 'name'],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        for (const { status, name, count } of await inTime(countTasks(), COUNT_TIMEOUT_MS)) {
          this.inc({ state: status, name: taskName(name) }, count);
        }
      } catch (error) {
        problem('The tasks could not be counted for /metrics', error);
      }
    },
  });
}

/** Clocks of two machines differ, so a time may come out negative. It counts as zero then. */
function seconds(value: number): number {
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}

/** Simultaneous callers share one run of the work. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  return () => {
    current ??= work().finally(() => {
      current = undefined;
    });
    return current;
  };
}
