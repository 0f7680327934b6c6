// Turns what a server sends of a task into the task model of all clients, for protocols that have one of their own.
import { isTerminal, type TaskError, type TaskSnapshot, type TaskStatus } from '../../contract/index.ts';
import type { SentTask } from './SentTask.ts';

/** The client knows this of a task that it started itself. The protocol does not say it. */
export interface TaskFacts {
  name: string;
  params: Record<string, unknown>;
  tags: string[];
  retryOf?: string;
}

/** State words of a server, in any case, and what each means. */
export type StateWords = Readonly<Record<string, TaskStatus>>;

/** The words of the template, of services that grew from it, and of our server. */
const WORDS: StateWords = {
  NOT_STARTED: 'queued',
  PENDING: 'queued',
  QUEUED: 'queued',
  STARTING: 'running',
  STARTED: 'running',
  PROCESSING: 'running',
  RUNNING: 'running',
  FINISHED: 'succeeded',
  COMPLETED: 'succeeded',
  ERROR: 'failed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  CANCELED: 'cancelled',
};

/** The template ends a task that threw with the word and the reason. */
const ERROR = /^ERROR\s*:\s*/i;
/** Our server ends a task that was cancelled with this reason. */
const CANCELLED = 'The task was cancelled';

const wordOf = (text: string) =>
  text
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');

/** The words by which a client reads states: those that are known, and the given ones in place of them. */
export function stateWords(own: StateWords = {}): StateWords {
  return {
    ...WORDS,
    ...Object.fromEntries(Object.entries(own).map(([word, status]) => [wordOf(word), status])),
  };
}

/** Reads a text of `status`. A text that is no state says what a running task is doing. */
function stateOf(
  text: string,
  words: StateWords,
): { status: TaskStatus; message: string; error?: TaskError } {
  const word = wordOf(text);
  if (Object.hasOwn(words, word)) return { status: words[word] ?? 'running', message: '' };
  if (!ERROR.test(text)) return { status: 'running', message: text };
  const reason = text.replace(ERROR, '');
  if (reason === CANCELLED) return { status: 'cancelled', message: '' };
  return { status: 'failed', message: '', error: { code: 'failed', message: reason || 'The task failed' } };
}

interface Around {
  id: string;
  owner: string;
  facts: TaskFacts | undefined;
  words: StateWords;
  /** The name of a task that neither the server nor the facts name. */
  defaultName: string;
  seq: number;
}

/**
 * The task after a further state of it; the same object where the state says nothing new. A server may send states twice,
 * or late ones after newer ones: so progress never goes back, a task that runs is not queued again, and an end stays.
 */
export function snapshotOf(before: TaskSnapshot | undefined, sent: SentTask, around: Around): TaskSnapshot {
  const { id, owner, facts, words, defaultName, seq } = around;
  const name = sent.name ?? facts?.name ?? defaultName;
  if (before && isTerminal(before.status)) return withFacts(before, name, facts, seq);
  const state = stateOf(sent.status, words);
  const isLate = before?.status === 'running' && state.status === 'queued';
  const status = isLate ? 'running' : state.status;
  const percents = [before?.progress.percent, sent.percent].filter((percent) => typeof percent === 'number');
  const percent = percents.length > 0 ? Math.max(...percents) : null;
  const message = isLate ? before.progress.message : (sent.message ?? state.message);
  const progress = {
    percent: status === 'succeeded' ? 100 : percent,
    step: null,
    message: isTerminal(status) ? (before?.progress.message ?? '') : message,
  };
  const error = status === 'failed' ? (state.error ?? failure(sent.error)) : undefined;
  const next: TaskSnapshot = {
    id,
    name,
    queue: 'default',
    status,
    progress,
    params: facts?.params ?? {},
    ...(sent.result !== undefined && { result: sent.result }),
    ...(error && { error }),
    owner,
    tags: facts?.tags ?? [],
    ...(facts?.retryOf !== undefined && { retryOf: facts.retryOf }),
    createdAt: before?.createdAt ?? new Date(sent.createdAtMs ?? Date.now()).toISOString(),
    attempt: 1,
    seq: before?.seq ?? seq,
  };
  if (before && JSON.stringify(before) === JSON.stringify(next)) return before;
  return { ...next, seq };
}

function failure(reason: string | undefined): TaskError {
  return { code: 'failed', message: reason ?? 'The task failed' };
}

/** A task that has ended, with what the client came to know of it later. */
function withFacts(
  task: TaskSnapshot,
  name: string,
  facts: TaskFacts | undefined,
  seq: number,
): TaskSnapshot {
  if (!facts || (task.name === name && task.params === facts.params)) return task;
  const { params, tags, retryOf } = facts;
  return { ...task, name, params, tags, ...(retryOf !== undefined && { retryOf }), seq };
}
