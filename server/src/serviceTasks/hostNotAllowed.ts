import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import type { ParameterProblem } from '../../../src/contract/index.ts';

/** The refusal of a service whose host the operator does not allow: it says so, and how to allow it. */
export function hostNotAllowed(
  service: string,
  reason: string,
  parameters?: readonly ParameterProblem[],
): TaskRefusal {
  return new TaskRefusal({
    code: 'host-not-allowed',
    message: `Service "${service}": ${reason}; the operator allows it with --allow-host`,
    details: { service },
    ...(parameters && { parameters: [...parameters] }),
  });
}
