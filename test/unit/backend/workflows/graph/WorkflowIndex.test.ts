import { expect, test } from 'vitest';
import { checkGraph } from '../../../../../backend/workflows/graph/checkGraph.ts';
import { inputsOf } from '../../../../../backend/workflows/graph/inputsOf.ts';
import { WorkflowIndex } from '../../../../../backend/workflows/graph/WorkflowIndex.ts';

const index = new WorkflowIndex(
  checkGraph({
    name: 'diamond',
    nodes: [
      { key: 'end', task: 't', params: { parts: ['own'], fixed: 1 } },
      { key: 'left', task: 't' },
      { key: 'right', task: 't' },
      { key: 'start', task: 't' },
      { key: 'alone', task: 't' },
    ],
    links: [
      { from: 'start', to: 'left', output: 'a', input: 'x' },
      { from: 'start', to: 'left', output: 'b', input: 'y' },
      { from: 'start', to: 'right' },
      { from: 'start', to: 'end' },
      { from: 'right', to: 'end', input: 'parts', append: true },
      { from: 'left', to: 'end', output: 'list', input: 'parts', append: true },
    ],
  }),
);

test('it knows what comes before and after each node, and how far each is from the start', () => {
  expect(index.ranks).toEqual([['start', 'alone'], ['left', 'right'], ['end']]);
  expect(index.rankOf('end')).toBe(2);
  expect([...index.predecessorsOf('left')]).toEqual(['start']);
  expect([...index.predecessorsOf('end')]).toEqual(['start', 'right', 'left']);
  expect([...index.successorsOf('start')]).toEqual(['left', 'right', 'end']);
  expect(index.withAllAfter(['left', 'alone'])).toEqual(new Set(['left', 'end', 'alone']));
  expect(index.keys).toEqual(['end', 'left', 'right', 'start', 'alone']);
});

test('a key that is no node has nothing', () => {
  expect(index.has('toString')).toBe(false);
  expect(index.nodeOf('nowhere')).toBeUndefined();
  expect([...index.predecessorsOf('nowhere')]).toEqual([]);
  expect(index.withAllAfter(['nowhere'])).toEqual(new Set());
});

test('a node is given its own params and what its links hand on, lists in the order of the links', () => {
  const results = new Map<string, unknown>([
    ['start', { a: 1, b: null }],
    ['left', { list: [1, 2] }],
    ['right', 'whole'],
  ]);
  const resultOf = (key: string) => results.get(key);
  expect(inputsOf(index, 'left', resultOf)).toEqual({ x: 1, y: null });
  expect(inputsOf(index, 'right', resultOf)).toEqual({});
  for (let again = 0; again < 2; again++) {
    expect(inputsOf(index, 'end', resultOf)).toEqual({ fixed: 1, parts: ['own', 'whole', [1, 2]] });
  }
});

test('a result without the property that a link names is refused, by the names of both nodes', () => {
  expect(() => inputsOf(index, 'left', () => ({ a: 1 }))).toThrow(
    /Node "left" needs "b" of the result of node "start", which has a/,
  );
  expect(() => inputsOf(index, 'left', () => 'text')).toThrow(/needs "a" .* is no object/);
  expect(() => inputsOf(index, 'left', () => Object.create({ a: 1, b: 1 }))).toThrow(/which has nothing/);
});

test('a chain of 2,000 nodes does not exhaust the stack', () => {
  const nodes = Array.from({ length: 2_000 }, (_, i) => ({ key: `n${i}`, task: 't' }));
  const links = nodes.slice(1).map((_, i) => ({ from: `n${i}`, to: `n${i + 1}` }));
  const chain = new WorkflowIndex(checkGraph({ name: 'chain', nodes, links }));
  expect(chain.ranks).toHaveLength(2_000);
  expect(chain.withAllAfter(['n0']).size).toBe(2_000);
});
