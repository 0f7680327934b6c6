import { type BoundingBox, isTerminal, type TaskFilter, type TaskSnapshot } from '../contract/index.ts';
import { designOf } from '../parts/taskWords.ts';

// The filter of the task monitor: its form in an address, the part that the server applies, and the part that the page does.

/** The states that a user can filter by. */
export const FILTER_STATES = [
  'queued',
  'running',
  'succeeded',
  'partly-succeeded',
  'failed',
  'cancelled',
] as const;
export type FilterState = (typeof FILTER_STATES)[number];

const SINCE_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;
/** Tasks that were created in the last hour, 24 hours, or 7 days. */
export type FilterSince = keyof typeof SINCE_MS;

/** Selects the tasks that the monitor shows. Each field narrows the selection. */
export interface MonitorFilter {
  /** 'active', the default: tasks that run or wait, and those that ended a moment ago. */
  view?: 'active' | 'finished' | undefined;
  /** All of these words are in the task's title, name, design, tags, message or owner. */
  q?: string | undefined;
  /** Only tasks of the user. */
  mine?: boolean | undefined;
  /** Only tasks that work in the part of the world that the map shows. */
  inView?: boolean | undefined;
  /** Only tasks that work at this place: "Tasks here" of a map. */
  bbox?: BoundingBox | undefined;
  /** 'FTTH-North' or 'design/FTTH-North'. */
  design?: string | undefined;
  /** The name of a task definition. */
  name?: string | undefined;
  tag?: string | undefined;
  /** Only tasks in one of these states. */
  states?: readonly FilterState[] | undefined;
  since?: FilterSince | undefined;
}

/** A longer text in an address is no filter that a user has typed. */
const MAX_TEXT = 200;
const TEXTS = ['q', 'design', 'name', 'tag'] as const;
const FLAGS = { mine: 'mine', inView: 'here' } as const;

/**
 * Writes a filter into the search of an address, and keeps what else is there: `tasks=active&design=FTTH-North&q=cherry`.
 * Without a filter the monitor is closed, and its parameters are left out.
 *
 * @example
 * history.replaceState(null, '', `?${filterToSearch({ view: 'finished' }, new URLSearchParams(location.search))}`);
 */
export function filterToSearch(
  filter: MonitorFilter | undefined,
  search: URLSearchParams = new URLSearchParams(),
): URLSearchParams {
  const written = new URLSearchParams(search);
  for (const key of ['tasks', ...TEXTS, ...Object.values(FLAGS), 'bbox', 'state', 'since'])
    written.delete(key);
  if (!filter) return written;
  written.set('tasks', filter.view ?? 'active');
  for (const key of TEXTS) {
    const text = filter[key];
    if (text) written.set(key, text.slice(0, MAX_TEXT));
  }
  if (filter.mine) written.set(FLAGS.mine, '1');
  if (filter.inView) written.set(FLAGS.inView, '1');
  if (filter.bbox) written.set('bbox', filter.bbox.map((degrees) => Number(degrees.toFixed(6))).join());
  if (filter.states?.length) written.set('state', filter.states.join(','));
  if (filter.since) written.set('since', filter.since);
  return written;
}

/**
 * Reads a filter from the search of an address. Undefined where the address does not open the monitor. Values that the
 * monitor does not know are left out, because anyone can write an address.
 *
 * @example
 * filterFromSearch(new URLSearchParams('tasks=active&mine=1')); // { view: 'active', mine: true }
 */
export function filterFromSearch(search: URLSearchParams): MonitorFilter | undefined {
  const view = search.get('tasks');
  if (view === null) return undefined;
  const filter: MonitorFilter = { view: view === 'finished' ? 'finished' : 'active' };
  for (const key of TEXTS) {
    const text = search.get(key)?.slice(0, MAX_TEXT);
    if (text) filter[key] = text;
  }
  if (search.get(FLAGS.mine) === '1') filter.mine = true;
  if (search.get(FLAGS.inView) === '1') filter.inView = true;
  const bbox = search.get('bbox')?.split(',').map(Number) ?? [];
  if (isBox(bbox)) filter.bbox = bbox;
  const states = new Set(search.get('state')?.split(','));
  const known = FILTER_STATES.filter((state) => states.has(state));
  if (known.length > 0) filter.states = known;
  const since = search.get('since');
  if (since === 'hour' || since === 'day' || since === 'week') filter.since = since;
  return filter;
}

function isBox(values: number[]): values is BoundingBox {
  const [, south = 0, , north = 0] = values;
  return (
    values.length === 4 && values.every((value) => Math.abs(value) <= 180) && south <= north && north <= 90
  );
}

/** True if the filter leaves out tasks, besides choosing between active and finished ones. */
export function narrows({ view: _view, ...rest }: MonitorFilter): boolean {
  return Object.values(rest).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
}

/** The part of the filter that the server applies, without a status. */
export function serverFilter(filter: MonitorFilter, bounds: BoundingBox | undefined): TaskFilter {
  const { design } = filter;
  return {
    ...(filter.name && { name: filter.name }),
    ...(filter.tag && { tag: filter.tag }),
    ...(design && { design: design.includes('/') ? design : `design/${design}` }),
    ...(filter.mine && { owner: 'me' as const }),
    ...(filter.inView && bounds && { bbox: bounds }),
    ...(filter.bbox && { bbox: filter.bbox }),
  };
}

/** True if the server can apply the whole of the filter. */
export function isServers({ q, states, since }: MonitorFilter): boolean {
  return !q && !since && !states?.length;
}

/**
 * True if a task fits the part of the filter that the page applies: words, states and time. The server does not know a
 * task's title in the user's language.
 *
 * @param nowMs Unix time in milliseconds, by the server's clock
 */
export function fits(task: TaskSnapshot, filter: MonitorFilter, title: string, nowMs: number): boolean {
  const { states, since, q } = filter;
  if (states && states.length > 0 && !states.includes(filterState(task))) return false;
  if (since && Date.parse(task.createdAt) < nowMs - SINCE_MS[since]) return false;
  if (!q) return true;
  const { name, owner, tags, progress } = task;
  const text = [title, name, owner, designOf(task), progress.message, ...tags].join('\n').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function filterState({ status, items }: TaskSnapshot): FilterState {
  return status === 'succeeded' && items && items.failed > 0 ? 'partly-succeeded' : status;
}

/** True while a task has not ended. */
export function isActive({ status }: Pick<TaskSnapshot, 'status'>): boolean {
  return !isTerminal(status);
}
