import { createTaskClient, type WorkflowParams, type WorkflowResult } from 'lrt-plugin/client';
import { createMockBackend, defineTask, defineWorkflow, TaskRefusal } from 'lrt-plugin/mocks';
import * as z from 'zod';

const findPoles = defineTask({
  name: 'find_poles',
  params: z.strictObject({ design: z.string() }),
  async execute({ design }, { network }) {
    const poles = await (await network.view(design)).table('pole').recs();
    return { design, poles: poles.filter((pole) => pole.design === design).map(({ id }) => id) };
  },
});

const checkPoles = defineTask({
  name: 'check_poles',
  params: z.strictObject({ poles: z.array(z.int()), least: z.int().default(1) }),
  async execute({ poles, least }, { progress }) {
    await progress({ percent: 50, message: `${poles.length} poles` });
    if (poles.length >= least) return { poles };
    throw new TaskRefusal({ code: 'too-few', message: `There are ${poles.length} poles, not ${least}` });
  },
});

const report = defineTask({
  name: 'report',
  params: z.strictObject({
    design: z.string(),
    counts: z.array(z.strictObject({ poles: z.array(z.int()) })),
  }),
  execute: async ({ design, counts }) => `${design}: ${counts.flatMap(({ poles }) => poles).length} poles`,
});

export const inspection = (least: number) =>
  defineWorkflow({
    name: 'Inspection',
    nodes: {
      find: { task: findPoles, params: { design: 'design/FTTH-North' } },
      check: { task: checkPoles, title: 'Check the poles', params: { least }, weight: 3 },
      report: { task: report },
    },
    links: [
      { from: 'find', output: 'poles', to: 'check', input: 'poles' },
      { from: 'find', output: 'design', to: 'report', input: 'design' },
      { from: 'check', to: 'report', input: 'counts', append: true },
    ],
  });

export const backend = await createMockBackend({ tasks: [findPoles, checkPoles, report] });

interface Tasks {
  workflow: { params: WorkflowParams; result: WorkflowResult };
}
export const client = createTaskClient<Tasks>({ baseUrl: 'http://mock', fetch: backend.fetch });

/** Runs it to its end. Resolves with the tasks of its nodes, by key. */
export async function inspect(least: number): Promise<WorkflowResult['tasks']> {
  const { id } = await client.enqueueTask('workflow', { graph: inspection(least) });
  const { tasks } = await client.waitFor(id);
  return tasks;
}
