import { expect, test } from 'vitest';
import { isTaskRefusal } from '../../../../../backend/common/TaskRefusal.ts';
import { checkGraph } from '../../../../../backend/workflows/graph/checkGraph.ts';
import {
  MAX_WORKFLOW_LINKS,
  MAX_WORKFLOW_NODES,
  type WorkflowGraph,
} from '../../../../../src/contract/index.ts';

const node = (key: string, more: { params?: unknown; [field: string]: unknown } = {}) => ({
  key,
  task: 'work',
  ...more,
});
const good = {
  name: 'Connect an area',
  nodes: [
    node('area', { params: { design: 'D1', some: [1, { deep: null }] } }),
    node('plan', { title: 'Plan', weight: 2.5 }),
    node('report'),
  ],
  links: [
    { from: 'area', output: 'addresses', to: 'plan', input: 'addresses' },
    { from: 'area', to: 'report', input: 'parts', append: true },
    { from: 'plan', to: 'report', input: 'parts', append: true },
  ],
};

test('a good graph comes back equal, and is a copy', () => {
  const given = structuredClone({ ...good, blueprint: { pipeline_id: 'x' } });
  const checked = checkGraph(given);
  expect(checked).toEqual(given);
  Object.assign(given.nodes[0] ?? {}, { params: {} });
  expect(checked.nodes[0]?.params?.design).toBe('D1');
});

const withNodes = (...nodes: unknown[]) => ({ ...good, nodes: [...good.nodes, ...nodes] });
const withLinks = (...links: unknown[]) => ({ ...good, links: [...good.links, ...links] });
const deep = (levels: number): object => {
  let value = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
};
const throwing = {
  get name() {
    throw new Error('no');
  },
};

test.each<[string, unknown, string, RegExp]>([
  ['nothing', undefined, 'graph', /must be an object/],
  ['a list', [], 'graph', /not an array/],
  ['no name', { ...good, name: undefined }, 'graph.name', /1 to 200/],
  ['a blank name', { ...good, name: '  ' }, 'graph.name', /1 to 200/],
  ['a name of lines', { ...good, name: 'a\nb' }, 'graph.name', /control/],
  ['half of a character', { ...good, name: 'a\ud800' }, 'graph.name', /text/],
  ['a long name', { ...good, name: 'x'.repeat(201) }, 'graph.name', /1 to 200/],
  ['no nodes', { ...good, nodes: [] }, 'graph.nodes', /has 0/],
  ['nodes that are no list', { ...good, nodes: { length: 1 } }, 'graph.nodes', /a list/],
  [
    '10,000 nodes',
    { ...good, nodes: Array.from({ length: 10_000 }, (_, i) => node(`n${i}`)) },
    'graph.nodes',
    /has 10000; .* 1 to 2000/,
  ],
  ['a list without end', { ...good, nodes: new Array(4_000_000_000) }, 'graph.nodes', /has 4000000000/],
  ['many links', { ...good, links: new Array(MAX_WORKFLOW_LINKS + 1) }, 'graph.links', /has 20001/],
  ['a node of null', withNodes(null), 'graph.nodes.3', /not null/],
  ['no key', withNodes({ task: 'work' }), 'graph.nodes.3.key', /left out/],
  ['a number as key', withNodes({ key: 7, task: 'work' }), 'graph.nodes.3.key', /not 7/],
  ['a long key', withNodes(node('k'.repeat(96))), 'graph.nodes.3.key', /1 to 95/],
  ['__proto__ as key', withNodes(node('__proto__')), 'graph.nodes.3.key', /cannot be "__proto__"/],
  ['constructor as key', withNodes(node('constructor')), 'graph.nodes.3.key', /cannot be "constructor"/],
  ['a key twice', withNodes(node('plan')), 'graph.nodes.plan', /node 1 and as node 3/],
  ['no task', withNodes({ key: 'x' }), 'graph.nodes.x.task', /left out/],
  ['a weight of 0', withNodes(node('x', { weight: 0 })), 'graph.nodes.x.weight', /above 0/],
  ['a weight below 0', withNodes(node('x', { weight: -1 })), 'graph.nodes.x.weight', /not -1/],
  ['a weight of NaN', withNodes(node('x', { weight: Number.NaN })), 'graph.nodes.x.weight', /not NaN/],
  [
    'a weight without end',
    withNodes(node('x', { weight: Number.POSITIVE_INFINITY })),
    'graph.nodes.x.weight',
    /not Infinity/,
  ],
  ['a huge weight', withNodes(node('x', { weight: 1e300 })), 'graph.nodes.x.weight', /at most 1000000/],
  ['a text as weight', withNodes(node('x', { weight: '2' })), 'graph.nodes.x.weight', /not "2"/],
  ['params that are a list', withNodes(node('x', { params: [] })), 'graph.nodes.x.params', /an object/],
  [
    'params without end',
    withNodes(node('x', { params: { a: Number.POSITIVE_INFINITY } })),
    'graph.nodes.x.params',
    /Infinity/,
  ],
  ['deep params', withNodes(node('x', { params: deep(100_000) })), 'graph.nodes.x.params', /deeper than 24/],
  [
    'params of a class',
    withNodes(node('x', { params: { at: new Date(0) } })),
    'graph.nodes.x.params',
    /of a class/,
  ],
  ['a function', withNodes(node('x', { params: { f: () => 1 } })), 'graph.nodes.x.params', /type function/],
  [
    '__proto__ in params',
    withNodes(node('x', { params: JSON.parse('{"__proto__": 1}') })),
    'graph.nodes.x.params',
    /__proto__/,
  ],
  [
    'params that are too large',
    withNodes(node('x', { params: { a: 'x'.repeat(2_000_000) } })),
    'graph.nodes.x.params',
    /too large/,
  ],
  [
    'a list in params without end',
    withNodes(node('x', { params: { a: new Array(4_000_000_000) } })),
    'graph.nodes.x.params',
    /too large/,
  ],
  ['a blueprint of text', { ...good, blueprint: 'x' }, 'graph.blueprint', /an object/],
  ['an unknown field', { ...good, edges: [] }, 'graph.edges', /known: name, nodes/],
  [
    'an unknown field of a node',
    withNodes(node('x', { name: 'x' })),
    'graph.nodes.x.name',
    /known: key, task/,
  ],
  [
    'an unknown field of a link',
    withLinks({ from: 'area', to: 'plan', source: 1 }),
    'graph.links.3.source',
    /known: from/,
  ],
  ['a link of text', withLinks('area'), 'graph.links.3', /an object/],
  [
    'a link from nowhere',
    withLinks({ from: 'nowhere', to: 'plan' }),
    'graph.links.3.from',
    /"nowhere", which is not there/,
  ],
  ['a link to nowhere', withLinks({ from: 'plan', to: 'toString' }), 'graph.links.3.to', /not there/],
  ['a link to itself', withLinks({ from: 'plan', to: 'plan' }), 'graph.links.3', /to itself/],
  [
    'an output without an input',
    withLinks({ from: 'area', to: 'plan', output: 'a' }),
    'graph.links.3.output',
    /needs an "input"/,
  ],
  [
    'append without an input',
    withLinks({ from: 'area', to: 'plan', append: true }),
    'graph.links.3.append',
    /needs an "input"/,
  ],
  [
    'append of false',
    withLinks({ from: 'area', to: 'plan', input: 'i', append: false }),
    'graph.links.3.append',
    /true, or left out/,
  ],
  [
    'an input named __proto__',
    withLinks({ from: 'area', to: 'plan', input: '__proto__' }),
    'graph.links.3.input',
    /cannot be/,
  ],
  [
    'two outputs for one input',
    withLinks({ from: 'area', to: 'plan', input: 'addresses' }),
    'graph.links.3',
    /as link 0 does/,
  ],
  [
    'one that appends and one that does not',
    withLinks({ from: 'area', to: 'report', input: 'parts' }),
    'graph.links.3',
    /as link 1 does/,
  ],
  [
    'an input that is a param',
    { ...good, nodes: [node('area'), node('plan', { params: { addresses: [] } }), node('report')] },
    'graph.links.0',
    /have that already/,
  ],
  [
    'a list that is none',
    { ...good, nodes: [node('area'), node('plan'), node('report', { params: { parts: 1 } })] },
    'graph.links.1',
    /no list to add to/,
  ],
  [
    'a cycle',
    withLinks({ from: 'report', to: 'area' }),
    'graph.nodes.report',
    /"report" -> "area" -> ("plan" -> )?"report"/,
  ],
  ['what cannot be read', throwing, 'graph', /cannot be read/],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
    'graph',
    /cannot be read/,
  ],
])('%s is refused, and named', (_, value, parameter, message) => {
  const error = refusalOf(value);
  expect(error.code).toBe('invalid-params');
  expect(error.parameters?.map((problem) => problem.parameter)).toContain(parameter);
  expect(error.parameters?.find((problem) => problem.parameter === parameter)?.message).toMatch(message);
});

test('a refusal names all that is wrong, and not more than 20 of it', () => {
  const many = { name: '', nodes: Array.from({ length: 2_000 }, () => 0), links: 1 };
  expect(refusalOf(many).parameters).toHaveLength(20);
  const two = refusalOf(withLinks({ from: 'a', to: 'plan' }, { from: 'plan', to: 'b' }));
  expect(two.parameters?.map(({ parameter }) => parameter)).toEqual([
    'graph.links.3.from',
    'graph.links.4.to',
  ]);
});

test('a list of params may be added to', () => {
  const graph = {
    ...good,
    nodes: [node('area'), node('plan'), node('report', { params: { parts: ['own'] } })],
  };
  expect(checkGraph(graph).nodes[2]?.params).toEqual({ parts: ['own'] });
});

test('the largest graph is checked in well under a second, whether it is a chain, a fan or a circle', () => {
  const nodes = Array.from({ length: MAX_WORKFLOW_NODES }, (_, i) => node(`n${i}`));
  const chain = nodes.slice(1).map((_, i) => ({ from: `n${i}`, to: `n${i + 1}` }));
  const more = Array.from({ length: MAX_WORKFLOW_LINKS - chain.length - 1 }, (_, i) => {
    const from = i % 1_000;
    return { from: `n${from}`, to: `n${1_000 + ((i * 7) % 1_000)}`, input: `i${i}` };
  });
  const start = performance.now();
  checkGraph({ name: 'large', nodes, links: [...chain, ...more] });
  const fan = Array.from({ length: MAX_WORKFLOW_LINKS }, (_, i) => ({
    from: `n${1 + (i % 1_999)}`,
    to: 'n0',
    input: 'all',
    append: true,
  }));
  checkGraph({ name: 'fan', nodes, links: fan });
  const circle = refusalOf({
    name: 'circle',
    nodes,
    links: [...chain, ...more, { from: 'n1999', to: 'n0' }],
  });
  expect(circle.parameters?.[0]?.message).toMatch(/waits for itself/);
  expect(circle.message.length).toBeLessThan(1_000);
  expect(performance.now() - start).toBeLessThan(2_000);
});

function refusalOf(value: unknown) {
  try {
    checkGraph(value satisfies unknown);
  } catch (error) {
    if (isTaskRefusal(error)) return error.error;
    throw error;
  }
  throw new Error('It was taken');
}

test('what it gives is what the contract calls a graph', () => {
  const graph: WorkflowGraph = checkGraph(good);
  expect(graph.nodes.map(({ key }) => key)).toEqual(['area', 'plan', 'report']);
});
