import type { ParameterProblem } from '../../src/contract/index.ts';
import type { Store } from '../common/Store.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { TaskDefinition } from './defineTask.ts';
import { parameterProblems } from './parameterProblems.ts';

const MAX_PROBLEMS = 20;

/** An 'invalid-params' refusal that says all that is wrong in its message. */
export function invalidParams(name: string, problems: ParameterProblem[]): TaskRefusal {
  const parameters = problems.slice(0, MAX_PROBLEMS);
  const said = parameters.slice(0, 3).map((problem) => problem.message);
  const more = problems.length > said.length ? `; and ${problems.length - said.length} more` : '';
  return new TaskRefusal({
    code: 'invalid-params',
    message: `The parameters of "${name}" were refused: ${said.join('; ')}${more}`,
    parameters,
  });
}

/** Resolves with the schema's output for the params. Rejects with 'invalid-params'. */
export async function validateParams<Params, Work extends object>(
  definition: TaskDefinition<Params, unknown, Work>,
  params: unknown,
): Promise<Params> {
  const outcome = await definition.params['~standard'].validate(params);
  if (!outcome.issues) return outcome.value;
  throw invalidParams(
    definition.name,
    outcome.issues.flatMap((issue) => parameterProblems(issue, params)),
  );
}

/** The definition's own `check`, on a unit of work whose writes are thrown away. */
export async function checkParams<Params, Work extends object>(
  definition: TaskDefinition<Params, unknown, Work>,
  params: Params,
  store: Store<Work>,
): Promise<void> {
  if (!definition.check) return;
  const transaction = store.begin();
  try {
    await definition.check(params, transaction.work);
  } finally {
    transaction.rollback();
  }
}
