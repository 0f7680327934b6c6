import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { defineTask, type TasksOf } from '../../../../../backend/tasks/defineTask.ts';
import { defineWorkflow } from '../../../../../backend/workflows/define/defineWorkflow.ts';
import type { WorkflowGraphOf } from '../../../../../backend/workflows/define/WorkflowGraphOf.ts';
import { checkGraph } from '../../../../../backend/workflows/graph/checkGraph.ts';
import { SERVICE_TASK, type WorkflowGraph } from '../../../../../src/contract/index.ts';

interface Place {
  at: [number, number];
  floors?: number;
}

const choose = defineTask({
  name: 'choose_area',
  params: z.strictObject({ design: z.string(), mode: z.enum(['near', 'far']).default('near') }),
  execute: async (): Promise<{
    ids: readonly number[];
    label: string;
    places: Place[];
    since: Date;
    maybe?: number;
  }> => {
    throw new Error('It is not run');
  },
});
const plan = defineTask({
  name: 'plan_area',
  params: z.strictObject({
    ids: z.array(z.number()),
    note: z.string().optional(),
    number: z.number().optional(),
    since: z.string().optional(),
    places: z
      .array(z.strictObject({ at: z.tuple([z.number(), z.number()]), floors: z.number().optional() }))
      .optional(),
  }),
  execute: async () => ({ metres: 3 }),
});
const report = defineTask({
  name: 'report',
  params: z.strictObject({ parts: z.array(z.unknown()), metres: z.array(z.number()).default([]) }),
  execute: async () => null,
});
const loose = defineTask({
  name: 'loose',
  params: z.looseObject({}),
  execute: async (): Promise<unknown> => ({}),
});

const area = { task: choose, params: { design: 'design/North', mode: 'far' } } as const;

test('a workflow of definitions is the graph of their names', () => {
  const workflow = defineWorkflow({
    name: 'Connect an area',
    nodes: {
      area: { task: choose, title: 'Area', params: { design: 'design/North', mode: 'far' } },
      plan: { task: plan, weight: 5 },
      report: { task: report, params: { metres: [1, 2] } },
    },
    links: [
      { from: 'area', output: 'ids', to: 'plan', input: 'ids' },
      { from: 'area', output: 'since', to: 'plan', input: 'since' },
      { from: 'area', output: 'places', to: 'plan', input: 'places' },
      { from: 'plan', to: 'report', input: 'parts', append: true },
      { from: 'area', output: 'label', to: 'report', input: 'parts', append: true },
      { from: 'plan', output: 'metres', to: 'report', input: 'metres', append: true },
      { from: 'area', to: 'report' },
    ],
  });
  expectTypeOf(workflow).toEqualTypeOf<WorkflowGraph>();
  expect(workflow.nodes).toEqual([
    { key: 'area', task: 'choose_area', title: 'Area', params: { design: 'design/North', mode: 'far' } },
    { key: 'plan', task: 'plan_area', weight: 5 },
    { key: 'report', task: 'report', params: { metres: [1, 2] } },
  ]);
  expect(workflow.links).toHaveLength(7);
});

test('operations of services, and tasks of which little is known, take and give anything', () => {
  const workflow = defineWorkflow({
    name: 'Services',
    nodes: {
      simulate: {
        task: SERVICE_TASK,
        params: { service: 'grid', operation: 'Simulate', parameters: { hours: 3 } },
      },
      loose: { task: loose, params: { any: 1 } },
      plan: { task: plan },
    },
    links: [
      { from: 'simulate', output: 'anything', to: 'loose', input: 'something' },
      { from: 'loose', output: 'ids', to: 'plan', input: 'ids' },
    ],
  });
  expect(workflow.nodes[0]?.task).toBe('service_operation');
});

test('a workflow may be one node without links', () => {
  expect(defineWorkflow({ name: 'One', nodes: { area } }).links).toEqual([]);
});

test('what does not fit does not compile', () => {
  const nodes = {
    area,
    plan: { task: plan, params: { ids: [1] } },
    report: { task: report, params: { parts: [] } },
  } as const;
  const [name, from, append] = ['x', 'area', true] as const;
  const adding = { from, to: 'report', append } as const;
  const forTheCompilerAlone = () => [
    // @ts-expect-error: no such node
    defineWorkflow({ name, nodes, links: [{ from, to: 'plann' }] }),
    // @ts-expect-error: no such output
    defineWorkflow({ name, nodes, links: [{ from, output: 'idds', to: 'plan', input: 'ids' }] }),
    // @ts-expect-error: no such input
    defineWorkflow({ name, nodes, links: [{ from, output: 'ids', to: 'plan', input: 'idds' }] }),
    // @ts-expect-error: a text is no list of numbers
    defineWorkflow({ name, nodes, links: [{ from, output: 'label', to: 'plan', input: 'ids' }] }),
    // @ts-expect-error: the whole result is no list of numbers
    defineWorkflow({ name, nodes, links: [{ from, to: 'plan', input: 'ids' }] }),
    // @ts-expect-error: the output may be missing
    defineWorkflow({ name, nodes, links: [{ from, output: 'maybe', to: 'plan', input: 'number' }] }),
    // @ts-expect-error: the input is no list to add to
    defineWorkflow({ name, nodes, links: [{ from, output: 'label', to: 'plan', input: 'note', append }] }),
    // @ts-expect-error: a text is no item of a list of numbers
    defineWorkflow({ name, nodes, links: [{ ...adding, output: 'label', input: 'metres' }] }),
    // @ts-expect-error: no such param
    defineWorkflow({ name, nodes: { area: { task: choose, params: { design: 'd', desgin: 'd' } } } }),
    // @ts-expect-error: a param of the wrong type
    defineWorkflow({ name, nodes: { area: { task: choose, params: { design: 7 } } } }),
    // @ts-expect-error: not one of the values
    defineWorkflow({ name, nodes: { area: { task: choose, params: { design: 'd', mode: 'middle' } } } }),
    // @ts-expect-error: nothing fills "design"
    defineWorkflow({ name, nodes: { area: { task: choose } } }),
    // @ts-expect-error: nothing fills "ids"
    defineWorkflow({ name, nodes: { area, plan: { task: plan } }, links: [{ from, to: 'plan' }] }),
    // @ts-expect-error: a service's node names its operation
    defineWorkflow({ name, nodes: { s: { task: SERVICE_TASK, params: { service: 'grid' } } } }),
    // @ts-expect-error: a definition, and not its name
    defineWorkflow({ name, nodes: { s: { task: 'choose_area' } } }),
  ];
  expect(forTheCompilerAlone).toBeTypeOf('function');
});

test('a client with types alone writes a graph whose tasks and params are known', () => {
  type Graph = WorkflowGraphOf<TasksOf<[typeof choose, typeof plan]>>;
  const graph = {
    name: 'Area',
    nodes: [
      { key: 'area', task: 'choose_area', params: { design: 'design/North' } },
      { key: 'plan', task: 'plan_area' },
    ],
    links: [{ from: 'area', output: 'ids', to: 'plan', input: 'ids' }],
  } satisfies Graph;
  expect(checkGraph(graph)).toEqual(graph);
  // @ts-expect-error: no such task
  const unknown: Graph = { name: 'x', nodes: [{ key: 'x', task: 'other' }], links: [] };
  // @ts-expect-error: a param of the wrong type
  const wrong: Graph = { name: 'x', nodes: [{ key: 'x', task: 'plan_area', params: { ids: 1 } }], links: [] };
  expect([unknown, wrong]).toHaveLength(2);
});

test('what types cannot see is refused at once, and named', () => {
  const draft = { task: loose };
  expect(() =>
    defineWorkflow({
      name: 'Round',
      nodes: { a: draft, b: draft },
      links: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    }),
  ).toThrow(/defineWorkflow\("Round"\): "graph.nodes.b" waits for itself: "b" -> "a" -> "b"/);
  expect(() => Reflect.apply(defineWorkflow, undefined, [{ name: 'x', nodes: { a: {} } }])).toThrow(
    /defineWorkflow\("x"\): "graph.nodes.a.task" must be/,
  );
  expect(() => Reflect.apply(defineWorkflow, undefined, [{}])).toThrow(TypeError);
});
