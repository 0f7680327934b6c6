import { DESIGN_CHANGES, type DesignChange } from '../../src/contract/index.ts';
import { fieldProblem, invalidRequest } from './problem.ts';

const MAX_DESIGN = 500;

/** Body of `POST /tasks/design-changes`: `{ design, change }`. Refuses what is wrong, by its name. */
export function parseDesignChange(fields: Map<string, unknown>): DesignChange {
  const design = fields.get('design');
  if (
    typeof design !== 'string' ||
    design.length < 1 ||
    design.length > MAX_DESIGN ||
    design.includes('\0')
  ) {
    const expected = `the parameter "design" of the tasks, text of 1 to ${MAX_DESIGN} characters`;
    throw invalidRequest(fieldProblem('design', 'wrong-type', expected));
  }
  const change = DESIGN_CHANGES.find((known) => known === fields.get('change'));
  if (!change) {
    const expected = DESIGN_CHANGES.map((known) => `"${known}"`).join(', ');
    throw invalidRequest(fieldProblem('change', 'not-allowed', expected));
  }
  return { design, change };
}
