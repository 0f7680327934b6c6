import { isNodeTask, RUN_TAG, type TaskSnapshot } from '../contract/index.ts';
import { fits, isActive, type MonitorFilter } from './monitorFilter.ts';

/** A row of the list: a task by its id, and the height of its row in CSS pixels. */
export interface Row {
  id: string;
  height: number;
  /** The row is that of a workflow's node, below the row of its run. */
  node?: { run: string; key: string };
}

export interface Section {
  key: string;
  label: string;
  rows: readonly Row[];
}

/** Heights in CSS pixels. A row keeps its height while it stays in its section, whatever it says. */
export const ROW_HEIGHT = { active: 84, plain: 52, reason: 72, table: 40 } as const;

/** A longer outcome takes a second line. In characters, of design and outcome together. */
const ONE_LINE = 44;

export interface SectionOptions {
  filter: MonitorFilter;
  endedNow: ReadonlySet<string>;
  /** The server's time, Unix time in milliseconds. */
  nowMs: number;
  /** Every row has the height of a table's row. */
  isTable: boolean;
  titleOf(task: TaskSnapshot): string;
  /** The text of a row's second line, for its height. */
  outcomeOf(task: TaskSnapshot): string;
  labels: { running: string; waiting: string; endedNow: string };
  dayOf(finishedMs: number): string;
}

/**
 * Arranges tasks in the sections of the list: Running, Waiting and Ended a moment ago, or one section for each day. The
 * newest is the first in each.
 */
export function sectionsOf(tasks: Iterable<TaskSnapshot>, options: SectionOptions): Section[] {
  const { filter, endedNow, labels, dayOf } = options;
  // A node of a workflow is a part of its run, unless somebody asks for the tasks of a run.
  const asksForNodes = filter.tag?.startsWith(RUN_TAG);
  const own = asksForNodes ? [...tasks] : [...tasks].filter((task) => !isNodeTask(task));
  const wanted = own.filter((task) => fits(task, filter, options.titleOf(task), options.nowMs));
  if (filter.view === 'finished') {
    const ended = wanted.filter((task) => !isActive(task)).sort(newestEndFirst);
    const days = new Map<string, TaskSnapshot[]>();
    for (const task of ended) {
      const day = dayOf(endOf(task));
      const known = days.get(day);
      if (known) known.push(task);
      else days.set(day, [task]);
    }
    return [...days].map(([day, its]) => section(day, day, its, options));
  }
  const active = wanted.filter(isActive).sort(newestFirst);
  const ended = wanted.filter((task) => endedNow.has(task.id) && !isActive(task)).sort(newestEndFirst);
  return [
    section('running', labels.running, active.filter(isRunning), options),
    section(
      'waiting',
      labels.waiting,
      active.filter((task) => !isRunning(task)),
      options,
    ),
    section('ended', labels.endedNow, ended, options),
  ].filter(({ rows }) => rows.length > 0);
}

function section(
  key: string,
  label: string,
  tasks: readonly TaskSnapshot[],
  options: SectionOptions,
): Section {
  return { key, label, rows: tasks.map((task) => ({ id: task.id, height: heightOf(task, options) })) };
}

function heightOf(task: TaskSnapshot, { isTable, outcomeOf }: SectionOptions): number {
  if (isTable) return ROW_HEIGHT.table;
  if (isRunning(task)) return ROW_HEIGHT.active;
  if (task.status === 'failed' && outcomeOf(task).length > ONE_LINE) return ROW_HEIGHT.reason;
  return ROW_HEIGHT.plain;
}

/** A queued task whose cancellation was asked for is shown like one that runs. */
function isRunning({ status, cancelRequested }: TaskSnapshot): boolean {
  return status === 'running' || (status === 'queued' && cancelRequested === true);
}

function newestFirst(one: TaskSnapshot, other: TaskSnapshot): number {
  return compare(other.createdAt, one.createdAt) || compare(one.id, other.id);
}

function newestEndFirst(one: TaskSnapshot, other: TaskSnapshot): number {
  return endOf(other) - endOf(one) || compare(one.id, other.id);
}

/** When a task ended, Unix time in milliseconds; where the server does not say it, when it was created. */
export function endOf({ finishedAt, createdAt }: TaskSnapshot): number {
  return Date.parse(finishedAt ?? createdAt);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
