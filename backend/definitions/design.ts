import * as z from 'zod';
import type { ParameterProblem } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NetworkDataView, NetworkTransaction } from '../network/NetworkStore.ts';

/** The design that a task builds in. */
export const designParam = z
  .string()
  .max(200)
  .regex(/^design\/.+/, { error: "expected 'design/NAME', with the name of the design" })
  .describe("The design to build in, as 'design/NAME'");

/** The view of the design. Rejects with 'invalid-params' that names the designs there are. */
export async function findDesign(design: string, network: NetworkTransaction): Promise<NetworkDataView> {
  const designs = await designUrns(network);
  if (designs.includes(design)) return network.view(design);
  const there = designs.length === 0 ? 'none' : designs.slice(0, 20).join(', ');
  throw invalidParams({
    parameter: 'design',
    code: 'not-found',
    message: `There is no '${design}'; designs there are: ${there}`,
    expected: 'the name of an existing design',
  });
}

export async function designUrns(network: NetworkTransaction): Promise<string[]> {
  return (await network.designs()).map(({ name }) => `design/${name}`);
}

/** The refusal of a task that names the parameter and the fix. */
export function invalidParams(problem: ParameterProblem, details?: Record<string, unknown>): TaskRefusal {
  return new TaskRefusal({
    code: 'invalid-params',
    message: `${problem.parameter}: ${problem.message}.`,
    parameters: [problem],
    ...(details ? { details } : {}),
  });
}
