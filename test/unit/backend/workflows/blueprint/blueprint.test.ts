import { expect, test } from 'vitest';
import { isTaskRefusal } from '../../../../../backend/common/TaskRefusal.ts';
import { seededRandom } from '../../../../../backend/definitions/seededRandom.ts';
import { blueprintOfGraph } from '../../../../../backend/workflows/blueprint/blueprintOfGraph.ts';
import { graphOfBlueprint } from '../../../../../backend/workflows/blueprint/graphOfBlueprint.ts';
import { checkGraph } from '../../../../../backend/workflows/graph/checkGraph.ts';
import { connectAreaTasks, connectAreaWorkflow } from '../../../../../mocks/workflows/connectAreaWorkflow.ts';
import { SERVICE_TASK } from '../../../../../src/contract/index.ts';
import { blueprintOf, SEED_BODY } from '../../../../support/tasks/seedBlueprint.ts';

const none = () => false;

test('the blueprint of the template is a node that asks its service, and is written again as it was', () => {
  const graph = graphOfBlueprint(SEED_BODY.blueprint, none);
  expect(graph).toMatchObject({
    name: 'My Pipeline',
    nodes: [
      {
        key: 'my-service:LongProcess',
        task: SERVICE_TASK,
        params: { service: 'my-service', operation: 'LongProcess' },
        blueprint: { image: 'my-service:latest', node_type: 'MLModel', proto_uri: 'service.proto' },
      },
    ],
    links: [],
    blueprint: { pipeline_id: 'my-pipeline', version: '2.0' },
  });
  expect(blueprintOfGraph(graph)).toEqual(SEED_BODY.blueprint);
});

test('an operation adds its output to the inputs of those that it is connected to', () => {
  const graph = graphOfBlueprint(blueprintOf({ a: { x: ['b:y', 'a:z'], z: ['b:y'] }, b: { y: [] } }), none);
  expect(graph.nodes.map(({ key }) => key)).toEqual(['a:x', 'a:z', 'b:y']);
  expect(graph.links).toEqual([
    { from: 'a:x', to: 'b:y', input: 'inputs', append: true },
    { from: 'a:x', to: 'a:z', input: 'inputs', append: true },
    { from: 'a:z', to: 'b:y', input: 'inputs', append: true },
  ]);
});

test('a node runs a definition of the server, by the name of container and operation first', () => {
  const blueprint = blueprintOf({ a: { x: [], y: [] }, b: { x: [] } });
  const known = ['a:x', 'x'];
  const graph = graphOfBlueprint(blueprint, (name) => known.includes(name));
  expect(graph.nodes.map(({ task, params }) => [task, params])).toEqual([
    ['a:x', undefined],
    [SERVICE_TASK, { service: 'a', operation: 'y' }],
    ['x', undefined],
  ]);
  expect(blueprintOfGraph(graph)).toEqual(blueprint);
});

test('a workflow of our own is written as a blueprint, and read back equal', () => {
  const graph = connectAreaWorkflow({ most: 7 });
  const blueprint = JSON.parse(JSON.stringify(blueprintOfGraph(graph)));
  expect(blueprint.nodes[2]).toMatchObject({
    container_name: 'plan',
    operation_signature_list: [{ operation_signature: { operation_name: 'plan_area' } }],
  });
  for (const known of [none, (name: string) => connectAreaTasks.some((task) => task.name === name)]) {
    expect(graphOfBlueprint(blueprint, known)).toEqual(graph);
  }
});

/** Made-up things, the same ones in each run. */
class Maker {
  readonly #random;
  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }
  some = (limit: number) => this.#random(limit);
  maybe = <T extends object>(fields: T): T | object => (this.some(2) === 0 ? fields : {});
  text = () => ['x', 'ä-1', 'a b', 'operation', 'lrt-x', 'name', '7', 'constructor.x'][this.some(8)] ?? '';
  json = (depth = 0): unknown => {
    const kinds = [null, this.some(100) / 8, this.text(), true, [], {}];
    if (depth > 2 || this.some(3) > 0) return kinds[this.some(kinds.length)];
    return this.some(2)
      ? [this.json(depth + 1)]
      : { [this.text()]: this.json(depth + 1), other: this.json(3) };
  };
  fields = () => (this.some(3) === 0 ? { [`f_${this.text()}`]: this.json(), image: this.json() } : {});

  blueprint(): Record<string, unknown> {
    const containers = Array.from(
      { length: 1 + this.some(5) },
      (_, i) => `c${i}${['', ':', ' ö'][this.some(3)]}`,
    );
    const all = containers.flatMap((container) =>
      Array.from({ length: 1 + this.some(3) }, (_, i) => ({
        container,
        operation: `o${i}${this.some(4) ? '' : ':p'}`,
      })),
    );
    const target = (index: number) => {
      const to = all[index + 1 + this.some(all.length - index - 1)];
      return {
        container_name: to?.container,
        operation_signature: {
          operation_name: to?.operation,
          ...this.maybe({ input_message_name: this.text() }),
        },
        ...this.fields(),
      };
    };
    const operation = (container: string, name: string) => {
      const index = all.findIndex((other) => other.container === container && other.operation === name);
      const count = index === all.length - 1 ? 0 : this.some(4);
      return {
        operation_signature: { operation_name: name, ...this.fields() },
        ...(count > 0 || this.some(2)
          ? { connected_to: Array.from({ length: count }, () => target(index)) }
          : {}),
        ...this.fields(),
      };
    };
    return {
      ...this.maybe({ name: this.some(9) ? this.text() : `line\n${'x'.repeat(300)}` }),
      ...this.maybe({ pipeline_id: this.some(5) ? this.text() : 7 }),
      type: 'pipeline-topology/v2',
      ...this.fields(),
      nodes: containers.map((container_name) => ({
        container_name,
        ...this.fields(),
        operation_signature_list: all
          .filter(({ container }) => container === container_name)
          .map((one) => operation(container_name, one.operation)),
      })),
    };
  }

  graph(): unknown {
    const nodes = Array.from({ length: 1 + this.some(6) }, (_, i) => ({
      key: `${['n', 'a:', 'a:b:', ':'][this.some(4)]}${i}`,
      ...[
        {
          task: SERVICE_TASK,
          params: {
            service: `s${this.some(2)}`,
            operation: `o${i}`,
            ...this.maybe({ parameters: this.fields() }),
          },
        },
        { task: SERVICE_TASK },
        { task: 'plan_area', ...this.maybe({ params: { given: this.json() } }) },
        { task: `${i}`, ...this.maybe({ params: {} }) },
      ][this.some(4)],
      ...this.maybe({ title: this.text() }),
      ...this.maybe({ weight: 1 + this.some(9) / 2 }),
      ...this.maybe({ blueprint: { image: this.text() } }),
    }));
    const links = Array.from({ length: nodes.length < 2 ? 0 : this.some(8) }, (_, i) => {
      const from = this.some(nodes.length - 1);
      const to = from + 1 + this.some(nodes.length - from - 1);
      const kinds = [
        {},
        { input: `i${i}` },
        { input: `i${i}`, output: this.text() },
        { input: 'inputs', append: true },
      ];
      return { from: nodes[from]?.key, to: nodes[to]?.key, ...kinds[this.some(4)] };
    });
    return { name: this.text(), nodes, links, ...this.maybe({ blueprint: { pipeline_id: this.text() } }) };
  }
}

test('300 made-up blueprints are written again as they were', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const blueprint = new Maker(seed).blueprint();
    const graph = graphOfBlueprint(blueprint, (name) => name === 'o1');
    expect(blueprintOfGraph(graph), `seed ${seed}`).toEqual(blueprint);
  }
});

test('300 made-up graphs are read again as they were', () => {
  let refused = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const graph = checkGraph(new Maker(seed).graph());
    const known = (name: string) => graph.nodes.some(({ task }) => task === name);
    try {
      expect(graphOfBlueprint(blueprintOfGraph(graph), known), `seed ${seed}`).toEqual(graph);
    } catch (error) {
      // Two nodes may be the same operation of one service.
      if (!isTaskRefusal(error)) throw error;
      expect(error.message).toMatch(/a blueprint has it once/);
      refused++;
    }
  }
  expect(refused).toBeLessThan(60);
});

const first = SEED_BODY.blueprint.nodes[0];
const seed = (more: object) => ({ ...SEED_BODY.blueprint, ...more });
const withOperation = (more: object) => seed({ nodes: [{ ...first, ...more }] });
const operation = { operation_signature: { operation_name: 'LongProcess' }, connected_to: [] };
const to = (container_name: unknown, operation_name: unknown) =>
  withOperation({
    operation_signature_list: [
      { ...operation, connected_to: [{ container_name, operation_signature: { operation_name } }] },
    ],
  });

test.each<[string, unknown, string, RegExp]>([
  ['no blueprint', undefined, 'blueprint', /left out/],
  ['a list', [], 'blueprint', /not an array/],
  [
    'another type',
    seed({ type: 'pipeline-topology/v1' }),
    'blueprint.type',
    /must be "pipeline-topology\/v2", not "pipeline-topology\/v1"/,
  ],
  ['no type', seed({ type: undefined }), 'blueprint.type', /left out/],
  ['no nodes', seed({ nodes: undefined }), 'blueprint.nodes', /at least one/],
  ['an empty list of nodes', seed({ nodes: [] }), 'blueprint.nodes', /at least one/],
  [
    '10,000 nodes',
    seed({ nodes: Array.from({ length: 10_000 }, (_, i) => ({ ...first, container_name: `c${i}` })) }),
    'blueprint.nodes',
    /has 10000 entries; it may have 2000/,
  ],
  [
    '10,000 operations',
    withOperation({ operation_signature_list: Array.from({ length: 10_000 }, () => operation) }),
    'blueprint.nodes.my-service.operation_signature_list',
    /more than 2000/,
  ],
  ['a node of null', seed({ nodes: [null] }), 'blueprint.nodes.0', /not null/],
  [
    'a container without a name',
    seed({ nodes: [{ ...first, container_name: '' }] }),
    'blueprint.nodes.0.container_name',
    /1 to 90/,
  ],
  [
    'a name of lines',
    seed({ nodes: [{ ...first, container_name: 'a\nb' }] }),
    'blueprint.nodes.0.container_name',
    /control/,
  ],
  [
    '__proto__ as container',
    seed({ nodes: [JSON.parse('{"container_name": "a", "__proto__": {}, "operation_signature_list": []}')] }),
    'blueprint',
    /__proto__/,
  ],
  [
    'names that are too long together',
    seed({ nodes: [{ ...first, container_name: 'c'.repeat(90) }] }),
    'graph.nodes.0.key',
    /1 to 95/,
  ],
  ['a container twice', seed({ nodes: [first, first] }), 'blueprint.nodes.my-service', /there twice/],
  [
    'no operations',
    withOperation({ operation_signature_list: [] }),
    'blueprint.nodes.my-service.operation_signature_list',
    /at least one/,
  ],
  [
    'an operation twice',
    withOperation({ operation_signature_list: [operation, operation] }),
    'blueprint.nodes.my-service:LongProcess',
    /there twice/,
  ],
  [
    'an operation without a signature',
    withOperation({ operation_signature_list: [{}] }),
    'blueprint.nodes.my-service.operation_signature_list.0.operation_signature',
    /an object/,
  ],
  [
    'an operation without a name',
    withOperation({ operation_signature_list: [{ operation_signature: {} }] }),
    'blueprint.nodes.my-service.operation_signature_list.0.operation_signature.operation_name',
    /left out/,
  ],
  [
    'connections that are no list',
    withOperation({ operation_signature_list: [{ ...operation, connected_to: {} }] }),
    'blueprint.nodes.my-service:LongProcess.connected_to',
    /a list/,
  ],
  [
    'a container that is not there',
    to('other', 'X'),
    'blueprint.nodes.my-service:LongProcess.connected_to.0',
    /container "other", which is not there/,
  ],
  [
    'an operation that is not there',
    to('my-service', 'Short'),
    'blueprint.nodes.my-service:LongProcess.connected_to.0',
    /operation "Short", which container "my-service" does not have/,
  ],
  [
    'toString as container',
    to('toString', 'X'),
    'blueprint.nodes.my-service:LongProcess.connected_to.0',
    /not there/,
  ],
  [
    'a target without a name',
    to('my-service', 3),
    'blueprint.nodes.my-service:LongProcess.connected_to.0.operation_signature.operation_name',
    /not 3/,
  ],
  ['an operation connected to itself', to('my-service', 'LongProcess'), 'graph.links.0', /to itself/],
  [
    'a cycle',
    blueprintOf({ a: { x: ['b:y'] }, b: { y: ['a:x'] } }),
    'graph.nodes.b:y',
    /"b:y" -> "a:x" -> "b:y"/,
  ],
  [
    '20,001 connections',
    blueprintOf({ a: { x: Array.from({ length: 20_001 }, () => 'a:y'), y: [] } }),
    'blueprint.nodes',
    /more than 20000 connections/,
  ],
  [
    'our own field of another type',
    withOperation({ operation_signature_list: [{ ...operation, lrt: 3 }] }),
    'blueprint.nodes.my-service:LongProcess.lrt',
    /an object/,
  ],
  [
    'our own field with nonsense',
    withOperation({ operation_signature_list: [{ ...operation, lrt: { weight: -1, size: 3 } }] }),
    'graph.nodes.my-service:LongProcess.size',
    /not known/,
  ],
])('%s is refused, and named', (_, blueprint, parameter, message) => {
  try {
    graphOfBlueprint(blueprint, none);
  } catch (error) {
    if (!isTaskRefusal(error)) throw error;
    expect(error.error.code).toBe('invalid-params');
    expect(error.error.parameters?.map((problem) => problem.parameter)).toContain(parameter);
    expect(error.error.parameters?.find((problem) => problem.parameter === parameter)?.message).toMatch(
      message,
    );
    return;
  }
  throw new Error('It was taken');
});
