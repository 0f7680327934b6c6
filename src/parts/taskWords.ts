import { isRecord, isTerminal, type TaskSnapshot, WORKFLOW_TASK } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatDuration, numberFormat, pluralRules } from '../locales/intl.ts';
import { intervalText, roundInterval } from './remaining.ts';

// The sentences that say how a task stands, for every place that shows one: the monitor, the run page, notices and dialogs.
// They take a snapshot as a list or a watch has it. A task's own words stand under keys that end with its name.

/**
 * The title of a task in the user's language: the text of the key `task_NAME`, and else the name made readable. The run of a
 * workflow has the name of its graph.
 *
 * @example taskTitle({ name: 'pole_report_task' }, translator) // 'Pole report'
 */
export function taskTitle(
  { name, params }: Pick<TaskSnapshot, 'name'> & Partial<Pick<TaskSnapshot, 'params'>>,
  { find }: Translator,
): string {
  const graph = name === WORKFLOW_TASK ? params?.graph : undefined;
  if (isRecord(graph) && typeof graph.name === 'string' && graph.name !== '') return graph.name.slice(0, 200);
  const own = find(`task_${name}`);
  if (own !== undefined) return own;
  const words = name
    .replace(/[_-]task$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The design that a task works on, without the name of its table. Undefined where its parameters name none.
 *
 * @example designOf({ params: { design: 'design/FTTH-North' } }) // 'FTTH-North'
 */
export function designOf({ params }: Pick<TaskSnapshot, 'params'>): string | undefined {
  const design = params?.design;
  return typeof design === 'string' && design !== '' ? design.replace(/^design\//, '') : undefined;
}

/**
 * The step of a running task: 'Step 4 of 5 · Connecting addresses'. The words of a step are the text of the key
 * `step_NAME_N`, and else the worker's own message. Undefined where the task says neither.
 */
export function stepText(
  { name, progress }: Pick<TaskSnapshot, 'name' | 'progress'>,
  words: Translator,
): string | undefined {
  const { step, stepCount, message } = progress;
  if (step === null) return message || undefined;
  const place =
    stepCount === undefined
      ? words.msg('step_only', { step })
      : words.msg('step_of', { step, count: stepCount });
  const own = words.find(`step_${name}_${step}`) ?? message;
  return own ? `${place} · ${own}` : place;
}

/**
 * Says how many units of its work a task has done: '958 / 2,000'. The text of the key `count_NAME` names the units. Undefined
 * where the task does not count.
 */
export function countText(
  { name, progress }: Pick<TaskSnapshot, 'name' | 'progress'>,
  words: Translator,
): string | undefined {
  const { done, total } = progress;
  if (done === undefined) return undefined;
  const own = total === undefined ? undefined : words.find(`count_${name}`, { done, total });
  if (own !== undefined) return own;
  const format = numberFormat(words.language);
  return total === undefined ? format.format(done) : `${format.format(done)} / ${format.format(total)}`;
}

/** Asks for the sentence as one user sees it. */
export interface Viewer {
  /** The owner name of the user who reads the sentence: 'Cancelled by you'. */
  user?: string | undefined;
}

/**
 * Says how a task ended, in one sentence: '2,000 addresses connected', '37 of 2,000 failed', the reason of a failure, 'Cancelled
 * by Jonas Weber'. The text of the key `ended_NAME` names the units. Undefined while the task has not ended.
 *
 * @example outcomeText(task, translator, { user: 'mara' })
 */
export function outcomeText(task: TaskSnapshot, words: Translator, viewer: Viewer = {}): string | undefined {
  const { status, items, progress, name } = task;
  if (!isTerminal(status)) return undefined;
  if (status === 'cancelled') return cancelledByText(task, words, viewer);
  if (status === 'failed') return failureText(task, words);
  if (items && items.failed > 0) {
    return words.msg('some_failed', { failed: items.failed, total: items.ok + items.failed });
  }
  const count = items?.ok ?? progress.done ?? progress.total;
  if (count === undefined) return words.msg('status_succeeded');
  return (
    words.find(`ended_${name}`, { count }) ??
    words.msg('tasks_done', { done: count, total: Math.max(count, progress.total ?? count) })
  );
}

/** Says who cancelled a task: 'Cancelled by Jonas Weber', or 'Cancelled' where the server does not say it. */
export function cancelledByText(
  { cancelledBy }: Pick<TaskSnapshot, 'cancelledBy'>,
  { msg }: Translator,
  { user }: Viewer = {},
): string {
  if (!cancelledBy) return msg('status_cancelled');
  return cancelledBy === user ? msg('cancelled_by_you') : msg('cancelled_by', { name: cancelledBy });
}

/** Says why a task failed: the text of the key `error_CODE`, and else the server's own message. */
export function failureText({ error }: Pick<TaskSnapshot, 'error'>, { msg, find }: Translator): string {
  if (!error) return msg('failed_heading');
  return find(`error_${error.code}`, error.details) ?? (error.message || msg('failed_heading'));
}

/** Why a queued task waits, in parts: a row shows the first two at its end, and the reason below. */
export interface WaitingWords {
  /** '2nd'. Absent where nobody can know it. */
  place?: string;
  /** 'starts in 8 to 20 sec', or 'for 12 min' where it cannot start. */
  when?: string;
  /** 'FTTH-North is held by Customer connections'. */
  reason: string;
  /** The task that this one waits for. Its title is part of the reason. */
  heldBy?: { id: string; title: string };
  /** Nothing that the user can wait for will start it: nobody runs a worker for its queue. */
  isStuck: boolean;
}

/**
 * Why a queued task has not started. Undefined where it does not wait. Where the server does not say why, the reason is
 * that it waits for a free worker.
 *
 * @param nowMs Unix time in milliseconds, by the server's clock
 * @example waitingText(task, translator, Date.now())?.reason // 'No worker takes tasks of the queue “reports”'
 */
export function waitingText(task: TaskSnapshot, words: Translator, nowMs: number): WaitingWords | undefined {
  const { status, waiting, createdAt } = task;
  if (status !== 'queued') return undefined;
  const { language, msg } = words;
  const isStuck = waiting?.reason === 'no-worker';
  const place = waiting?.place === undefined ? undefined : placeText(waiting.place, words);
  let when: string | undefined;
  if (isStuck) {
    const seconds = (nowMs - Date.parse(createdAt)) / 1000;
    if (seconds >= 1) when = msg('waits_for', { duration: formatDuration(coarse(seconds), language) });
  } else if (waiting?.startsInSeconds) {
    when = msg('starts_in', { interval: intervalText(words, roundInterval(...waiting.startsInSeconds)) });
  }
  const held = waiting?.reason === 'exclusive' ? waiting.heldBy : undefined;
  return {
    ...(place !== undefined && { place }),
    ...(when !== undefined && { when }),
    reason: reasonText(task, words, nowMs),
    ...(held && { heldBy: { id: held.id, title: taskTitle(held, words) } }),
    isStuck,
  };
}

function reasonText(task: TaskSnapshot, words: Translator, nowMs: number): string {
  const { waiting } = task;
  const { msg, language } = words;
  switch (waiting?.reason) {
    case 'no-worker':
      return msg('no_worker', { queue: waiting.queue });
    case 'limit':
      return waiting.limit === undefined || waiting.running === undefined
        ? msg('status_queued')
        : msg('limit_reached', { running: waiting.running, limit: waiting.limit });
    case 'exclusive': {
      const design = designOf(task);
      if (design === undefined) return msg('held');
      return waiting.heldBy
        ? msg('held_by', { design, task: taskTitle(waiting.heldBy, words) })
        : msg('held_by_another', { design });
    }
    case 'later': {
      const seconds = (Date.parse(waiting.notBefore ?? '') - nowMs) / 1000;
      if (!(seconds >= 1)) return msg('waits_to_retry_soon');
      return msg('waits_to_retry', { duration: formatDuration(seconds, language) });
    }
    default:
      return msg('status_queued');
  }
}

/** '2nd'. */
function placeText(place: number, { language, msg }: Translator): string {
  const form = pluralRules(language, 'ordinal').select(place);
  return msg(form === 'one' || form === 'two' || form === 'few' ? `place_${form}` : 'place_other', { place });
}

/** Whole minutes from one minute on: a time of waiting need not be read to the second. */
function coarse(seconds: number): number {
  return seconds < 60 ? seconds : Math.floor(seconds / 60) * 60;
}
