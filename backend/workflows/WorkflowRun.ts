import {
  isTerminal,
  type TaskError,
  type TaskEvent,
  type TaskItem,
  type WorkflowResult,
} from '../../src/contract/index.ts';
import { pause } from '../common/pause.ts';
import { isTaskRefusal, TaskRefusal } from '../common/TaskRefusal.ts';
import type { TaskControls } from '../tasks/defineTask.ts';
import { toTaskError } from '../tasks/taskErrors.ts';
import { WorkflowIndex } from './graph/WorkflowIndex.ts';
import { givenTo, nodeRequest } from './nodeRequest.ts';
import type { NodeTask, RunEngine } from './RunEngine.ts';
import { RunState } from './RunState.ts';
import type { RunParams } from './workflowParams.ts';

/**
 * So many nodes are started at the same time: an engine that writes many rows at once writes each of them cheaper. A node that is
 * given results holds them in memory until it is started, so fewer of these start together.
 */
const AT_ONCE = 500;
const AT_ONCE_GIVEN = 20;
/** Where the engine cannot be asked, or has no room, it is asked again after this. */
const AGAIN_MS = 500;
/** The run looks at its tasks this often, so that nothing depends on an event alone. */
const LOOK_MS = 10_000;
/**
 * The nodes of one attempt are given so many characters of JSON together. Each node's params are kept: a large result that goes to
 * hundreds of nodes would fill the memory of a page.
 */
const MAX_HANDED_CHARS = 256 * 2 ** 20;
/** A run that is to stop waits so long for its nodes to end. It is less than the time that a task has to stop. */
const STOP_MS = 900;
const STOP_LOOK_MS = 50;

/** A refusal with one of these codes says nothing about the node. */
const MAY_PASS: readonly string[] = ['rate-limited', 'unavailable'];

/**
 * One attempt at a run. It looks at how the nodes' tasks stand, starts what may start, and follows them to their ends. An attempt
 * after a lost one does the same, so it goes on where that was, and no node runs twice.
 */
export class WorkflowRun {
  readonly #engine: RunEngine;
  readonly #params: RunParams;
  readonly #controls: TaskControls;
  readonly #index: WorkflowIndex;
  readonly #state: RunState;
  /** Aborts when the run is over, so that nothing of it is left. */
  readonly #over = new AbortController();
  #failed: ((error: unknown) => void) | undefined;
  #items: TaskItem[] = [];
  #hasNews = false;
  /** The characters of JSON that the nodes of this attempt were given. */
  #handed = 0;
  #isReporting = false;

  constructor(engine: RunEngine, params: RunParams, controls: TaskControls) {
    this.#engine = engine;
    this.#params = params;
    this.#controls = controls;
    this.#index = new WorkflowIndex(params.graph);
    this.#state = new RunState(this.#index, params.kept ?? {}, params.only);
  }

  async run(): Promise<WorkflowResult> {
    const { signal } = this.#controls;
    const stop = () => this.#finish();
    signal.addEventListener('abort', stop);
    try {
      await this.#untilOver();
      if (signal.aborted) await this.#stop();
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', stop);
      this.#finish();
    }
    this.#hasNews = true;
    await this.#report();
    const [first] = this.#state.failures;
    if (first) {
      const { node, taskId, error } = first;
      const isNamed = error.message.startsWith(`Node "${node}" `);
      const message = isNamed ? error.message : `Node "${node}" failed: ${error.message}`;
      throw new TaskRefusal({
        code: 'node-failed',
        message,
        details: { node, ...(taskId !== undefined && { taskId }), code: error.code, reason: error.message },
      });
    }
    return { tasks: this.#state.tasks };
  }

  /** Resolves when all nodes have ended, or the run is to stop. Rejects with what the engine cannot do. */
  async #untilOver(): Promise<void> {
    const { signal } = this.#over;
    const failed = new Promise<never>((_, reject) => {
      this.#failed = reject;
    });
    failed.catch(() => {});
    const over = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    if (this.#controls.signal.aborted) return;
    this.#try(async () => {
      await this.#look();
      this.#start(this.#state.ready);
      await this.#lookOn();
    });
    await Promise.race([over, failed]);
  }

  #finish(): void {
    this.#over.abort();
  }

  /** An error of the work is the run's error. */
  #try(work: () => Promise<void>): void {
    work().catch((error) => {
      if (!this.#over.signal.aborted) this.#failed?.(error);
    });
  }

  async #lookOn(): Promise<void> {
    const { signal } = this.#over;
    for (await pause(LOOK_MS, signal); !signal.aborted; await pause(LOOK_MS, signal)) {
      await this.#look();
    }
  }

  /** Takes over how the nodes' tasks stand. */
  async #look(): Promise<void> {
    const tasks = await this.#asked(() => this.#engine.nodesOf(this.#controls.taskId));
    const running: { node: string; taskId: string }[] = [];
    for (const { node, id, status } of tasks) {
      if (!this.#state.isWaiting(node)) continue;
      this.#state.start(node, id);
      if (!isTerminal(status)) running.push({ node, taskId: id });
    }
    for (const task of tasks) {
      if (isTerminal(task.status) && this.#state.taskOf(task.node) === task.id) this.#end(task);
    }
    const there = new Set(tasks.map(({ id }) => id));
    for (const { node, taskId } of this.#state.started) {
      if (!there.has(taskId)) this.#fail(node, { code: 'task-not-found', message: 'its task was removed' });
    }
    this.#follow(running);
    this.#check();
  }

  #end({ node, status, error, cancelledBy }: Omit<NodeTask, 'id'>): void {
    if (status === 'succeeded') this.#succeed(node);
    else this.#fail(node, error ?? cancelled(cancelledBy));
  }

  #succeed(node: string): void {
    const ready = this.#state.succeed(node);
    if (!ready) return;
    this.#items.push({ id: node, ok: true });
    this.#start(ready);
    this.#tell();
    this.#check();
  }

  #fail(node: string, error: TaskError): void {
    if (!this.#state.fail(node, error)) return;
    this.#items.push({ id: node, code: error.code, message: error.message || 'no reason given' });
    this.#tell();
    this.#check();
  }

  #check(): void {
    if (this.#state.isOver) this.#finish();
  }

  /** Starts these nodes, a number of them at a time. */
  #start(nodes: readonly string[]): void {
    if (nodes.length === 0) return;
    this.#try(async () => {
      const isGiven = nodes.some((node) => givenTo(this.#index, node).length > 0);
      const atOnce = isGiven ? AT_ONCE_GIVEN : AT_ONCE;
      for (let from = 0; from < nodes.length; from += atOnce) {
        if (this.#over.signal.aborted) return;
        const started = await Promise.all(
          nodes.slice(from, from + atOnce).map((node) => this.#startOne(node)),
        );
        this.#follow(started.flatMap((each) => each ?? []));
      }
    });
  }

  async #startOne(node: string): Promise<{ node: string; taskId: string } | undefined> {
    if (!this.#state.isWaiting(node) || this.#over.signal.aborted) return undefined;
    try {
      const task = (await this.#startedBefore(node)) ?? (await this.#asked(() => this.#startNew(node)));
      if (!task) return undefined;
      this.#state.start(node, task.id);
      if (task.status !== 'succeeded') return { node, taskId: task.id };
      this.#succeed(node);
      return undefined;
    } catch (error) {
      if (!isTaskRefusal(error)) throw error;
      if (!this.#over.signal.aborted) this.#fail(node, toTaskError(error));
      return undefined;
    }
  }

  /** The node's task, where the worker that finished the node before has started it. */
  async #startedBefore(node: string) {
    const { taskId } = this.#controls;
    if (this.#index.predecessorsOf(node).size === 0) return undefined;
    return this.#asked(async () => this.#engine.startedNode?.(taskId, node, this.#params.as));
  }

  async #startNew(node: string) {
    const { request, characters } = await this.#requestOf(node);
    this.#handed += characters;
    try {
      if (this.#handed > MAX_HANDED_CHARS) throw tooMuch(node);
      return await this.#engine.startNode(request, this.#params.as);
    } catch (error) {
      // It was not given: an engine that has no room is asked again and again.
      this.#handed -= characters;
      throw error;
    }
  }

  async #requestOf(node: string) {
    const { as, services } = this.#params;
    const taskOf = new Map(givenTo(this.#index, node).map((from) => [from, this.#state.taskOf(from) ?? '']));
    const results = taskOf.size > 0 ? await this.#engine.results([...taskOf.values()], as) : new Map();
    const resultOf = (from: string): unknown => {
      const id = taskOf.get(from) ?? '';
      if (results.has(id)) return results.get(id);
      throw new TaskRefusal({
        code: 'task-not-found',
        message: `Node "${node}" needs the result of node "${from}", whose task "${id}" was removed; run it again from "${from}"`,
      });
    };
    const made = nodeRequest(this.#index, { run: this.#controls.taskId, node }, services, resultOf);
    return results.size > 0 ? made : { ...made, characters: 0 };
  }

  /** Follows the tasks of these nodes to their ends. */
  #follow(nodes: readonly { node: string; taskId: string }[]): void {
    if (nodes.length === 0) return;
    const nodeOf = new Map(nodes.map(({ node, taskId }) => [taskId, node]));
    this.#try(async () => {
      const { signal } = this.#over;
      while (!signal.aborted && nodeOf.size > 0) {
        try {
          const cursors = Object.fromEntries([...nodeOf.keys()].map((id) => [id, null]));
          for await (const event of this.#engine.events({ cursors }, { caller: this.#params.as, signal })) {
            const node = nodeOf.get(event.taskId);
            if (node === undefined) continue;
            this.#hear(node, event);
            if (isTerminal(event.type)) nodeOf.delete(event.taskId);
          }
        } catch (error) {
          if (!isTaskRefusal(error)) throw error;
          // One was removed, or the engine cannot say: the tasks themselves know.
          await pause(AGAIN_MS, signal);
          if (!signal.aborted) await this.#look();
          const open = new Set(this.#state.started.map(({ taskId }) => taskId));
          for (const id of nodeOf.keys()) if (!open.has(id)) nodeOf.delete(id);
        }
      }
    });
  }

  #hear(node: string, event: TaskEvent): void {
    switch (event.type) {
      case 'succeeded':
        this.#succeed(node);
        break;
      case 'failed':
        this.#fail(node, event.error);
        break;
      case 'cancelled':
        this.#fail(node, cancelled(event.cancelledBy));
        break;
      case 'progress':
      case 'snapshot': {
        const { percent } = event.type === 'progress' ? event.progress : event.task.progress;
        // The bar of the run must not go back where a node begins again.
        if (this.#state.advance(node, Math.max(0, Math.min(100, percent ?? 0)) / 100)) this.#tell();
      }
    }
  }

  /** Asks the engine, again and again where it has no room or its services are away. */
  async #asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const { signal } = this.#over;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted || !isTaskRefusal(error) || !MAY_PASS.includes(error.error.code)) throw error;
        await pause(AGAIN_MS, signal);
      }
    }
  }

  #tell(): void {
    this.#hasNews = true;
    if (this.#isReporting) return;
    // It rejects where the run is to stop, which the run hears from its signal.
    this.#report().catch(() => {});
  }

  /** Reports until there is nothing new: what changes meanwhile goes into one report. */
  async #report(): Promise<void> {
    this.#isReporting = true;
    try {
      while (this.#hasNews) {
        this.#hasNews = false;
        const items = this.#items;
        this.#items = [];
        await this.#controls.progress({ ...this.#state.progress, ...(items.length > 0 && { items }) });
      }
    } finally {
      this.#isReporting = false;
    }
  }

  /** Sees to it that no node goes on, where the run was cancelled or is out of time. An engine that closes leaves them be. */
  async #stop(): Promise<void> {
    const { signal, taskId } = this.#controls;
    if (isTaskRefusal(signal.reason) && signal.reason.error.code === 'unavailable') return;
    const until = performance.now() + STOP_MS;
    while (performance.now() < until) {
      // Again and again: one may have been about to start.
      await this.#engine.cancelNodes(taskId);
      const nodes = await this.#engine.nodesOf(taskId);
      if (nodes.every(({ status }) => isTerminal(status))) return;
      await pause(STOP_LOOK_MS);
    }
  }
}

function tooMuch(node: string): TaskRefusal {
  const mebibytes = MAX_HANDED_CHARS / 2 ** 20;
  return new TaskRefusal({
    code: 'invalid-params',
    message: `Node "${node}" cannot be given its inputs: the nodes of one run are given at most ${mebibytes} MiB together; let the nodes before it write what is large into a table, and hand on less`,
    details: { maxMebibytes: mebibytes },
  });
}

function cancelled(by: string | undefined): TaskError {
  return { code: 'cancelled', message: by === undefined ? 'it was cancelled' : `it was cancelled by ${by}` };
}
