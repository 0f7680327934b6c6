import { SERVICE_TASK, WORKFLOW_TASK } from '../../src/contract/index.ts';
import { isTaskRefusal, TaskRefusal } from '../common/TaskRefusal.ts';
import { refuseForbidden } from '../tasks/access.ts';
import type { TaskDefinition } from '../tasks/defineTask.ts';
import { readParams } from '../tasks/readParams.ts';
import { refusals } from '../tasks/taskErrors.ts';
import { validateParams } from '../tasks/validateParams.ts';
import { WorkflowIndex } from './graph/WorkflowIndex.ts';
import { urlOf } from './nodeRequest.ts';
import type { RunEngine } from './RunEngine.ts';
import type { RunParams } from './workflowParams.ts';

/** Calls that are under way at the same time. */
const AT_ONCE = 20;
/** So many nodes are asked for their own `check` before the run begins. Each is asked again when its task starts. */
const MOST_CHECKS = 100;

/**
 * Checks what a graph says nothing about: that its tasks exist, that the caller may start them, that they take the params that
 * no link fills, and that what it needs of earlier runs is there. `work` is for the checks of the tasks: a node that waits for
 * others is not asked, because they may make what it needs. Rejects with a refusal that names the node.
 */
export async function checkRun<Work extends object>(
  params: RunParams,
  engine: Pick<RunEngine<Work>, 'definitions' | 'get'>,
  work: Work,
): Promise<void> {
  const index = new WorkflowIndex(params.graph);
  const { as, services, kept = {}, only } = params;
  const keptNodes = new Set(Object.keys(kept));
  const wanted = new Set(only ?? index.keys.filter((key) => !keptNodes.has(key)));
  if (wanted.size === 0) {
    throw refused({ code: 'invalid-params', message: 'No node is left to run' });
  }
  let checks = 0;
  for (const key of wanted) {
    const { task = '', params: own = {} } = index.nodeOf(key) ?? {};
    if (keptNodes.has(key)) throw both(key);
    await inNode(key, async () => {
      if (task === WORKFLOW_TASK) throw nested();
      const definition = engine.definitions.get(task);
      if (!definition) throw unknown(task, [...engine.definitions.keys()]);
      refuseForbidden(definition, as);
      const address = urlOf(index, key, services);
      // A list that links add to may be empty, so a service can be judged without it.
      const isWhole = index
        .linksTo(key)
        .every(({ input, append }) => input === undefined || (append && task === SERVICE_TASK));
      if (!isWhole) return;
      const parsed = await parse(definition, { ...own, ...address });
      const isFirst = index.predecessorsOf(key).size === 0 || task === SERVICE_TASK;
      if (isFirst && checks++ < MOST_CHECKS) await definition.check?.(parsed, work);
    });
    for (const before of index.predecessorsOf(key)) {
      if (!wanted.has(before) && !keptNodes.has(before)) throw lacks(key, before);
    }
  }
  const tasks = Object.entries(kept);
  for (let from = 0; from < tasks.length; from += AT_ONCE) {
    await Promise.all(
      tasks.slice(from, from + AT_ONCE).map(async ([node, id]) => {
        const task = await engine.get(id, as);
        if (task?.status === 'succeeded') return;
        throw refused({
          code: 'task-not-found',
          message: `Node "${node}" is to keep the result of task "${id}", which ${task ? `is ${task.status}` : 'is not there'}; run the node again`,
          details: { node, taskId: id },
        });
      }),
    );
  }
}

async function parse<Work extends object>(
  definition: TaskDefinition<unknown, unknown, Work>,
  given: Record<string, unknown>,
): Promise<unknown> {
  const { params } = await readParams(definition, given);
  return validateParams(definition, params);
}

/** Says in an error which node it is about. */
async function inNode(node: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!isTaskRefusal(error)) throw error;
    const { code, message, details, parameters } = error.error;
    const at = `graph.nodes.${node}`;
    throw refused({
      ...error.error,
      message: `Node "${node}": ${message}`,
      details: { ...details, node },
      parameters: parameters?.map((problem) => ({
        ...problem,
        parameter: `${at}.params.${problem.parameter}`,
      })) ?? [{ parameter: at, code, message }],
    });
  }
}

function unknown(task: string, known: string[]): TaskRefusal {
  if (task !== SERVICE_TASK) return refusals.unknownTask(task, known);
  const message = `This server calls no services (there is no task "${SERVICE_TASK}"); run it on a server that does, or name a task of this one`;
  return refused({ code: 'unknown-task', message, details: { known } });
}

function nested(): TaskRefusal {
  const message = 'A workflow cannot be a node of another one; put its nodes into this graph';
  return refused({ code: 'invalid-params', message });
}

function both(node: string): TaskRefusal {
  const message = `Node "${node}" is in "kept" and in "only"; leave it out of one of them`;
  return refused({ code: 'invalid-params', message, details: { node } });
}

function lacks(node: string, before: string): TaskRefusal {
  const message = `Node "${node}" needs node "${before}", which is not to run and has no result to keep; run both`;
  return refused({ code: 'invalid-params', message, details: { node, needs: before } });
}

function refused(error: ConstructorParameters<typeof TaskRefusal>[0]): TaskRefusal {
  return new TaskRefusal(error);
}
