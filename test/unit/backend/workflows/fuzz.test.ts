import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { graphOfBlueprint } from '../../../../backend/workflows/blueprint/graphOfBlueprint.ts';
import { servicesOfDockerinfo } from '../../../../backend/workflows/blueprint/servicesOfDockerinfo.ts';
import { checkGraph } from '../../../../backend/workflows/graph/checkGraph.ts';
import { WorkflowIndex } from '../../../../backend/workflows/graph/WorkflowIndex.ts';

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withObjectString: true,
  maxDepth: 4,
});
/** Mostly as it should be. */
const some = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 25, arbitrary: arbitrary.map((value): unknown => value) }, anything);
const name = some(fc.constantFrom('a', 'b', 'c', 'd'));
const list = (item: fc.Arbitrary<unknown>) => some(fc.array(item, { minLength: 1, maxLength: 3 }));
const params = some(fc.constant({ design: 'd' }));

const node = fc.record(
  { key: name, task: name, params, weight: some(fc.nat(3)), title: name },
  { requiredKeys: ['key', 'task'] },
);
const link = fc.record(
  { from: name, to: name, input: name, output: name, append: some(fc.constant(true)) },
  { requiredKeys: ['from', 'to'] },
);
const graph = some(fc.record({ name, nodes: list(some(node)), links: list(some(link)) }));
const signature = some(fc.record({ operation_name: name }));
const target = some(fc.record({ container_name: name, operation_signature: signature }));
const operation = fc.record(
  { operation_signature: signature, connected_to: list(target), lrt: some(fc.record({ params })) },
  { requiredKeys: ['operation_signature'] },
);
const container = some(fc.record({ container_name: name, operation_signature_list: list(operation) }));
const blueprint = some(
  fc.record({ name, type: some(fc.constant('pipeline-topology/v2')), nodes: list(container) }),
);
const entry = some(fc.record({ container_name: name, ip_address: name, port: anything }));
const dockerinfo = some(fc.record({ docker_info_list: list(entry) }));

/** True where the value was taken. Fails with any error but a refusal that names a parameter. */
function isTaken(take: () => unknown): boolean {
  try {
    take();
    return true;
  } catch (error) {
    if (!isTaskRefusal(error)) throw error;
    expect(error.error).toMatchObject({
      code: 'invalid-params',
      parameters: [{ message: expect.any(String) }, ...(error.error.parameters ?? []).slice(1)],
    });
    expect(JSON.stringify(error.error).length).toBeLessThan(20_000);
    return false;
  }
}

test('whatever a graph, a blueprint and a dockerinfo are, they are taken, or refused with a name', () => {
  let taken = 0;
  fc.assert(
    fc.property(graph, blueprint, dockerinfo, (one, two, three) => {
      taken += Number(isTaken(() => new WorkflowIndex(checkGraph(one))));
      taken += Number(isTaken(() => graphOfBlueprint(two, (known) => known === 'a')));
      isTaken(() => servicesOfDockerinfo(three, { name: 'x', nodes: [], links: [] }));
    }),
    { seed: 7, numRuns: 1_500 },
  );
  expect(taken).toBeGreaterThan(20);
});
