import type { ParameterProblem } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NetworkStore } from '../network/NetworkStore.ts';
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

/** What the schema makes of the params. Rejects with 'invalid-params'. */
export async function validateParams<Params>(
  definition: TaskDefinition<Params>,
  params: unknown,
): Promise<Params> {
  const outcome = await definition.params['~standard'].validate(params);
  if (!outcome.issues) return outcome.value;
  throw invalidParams(
    definition.name,
    outcome.issues.flatMap((issue) => parameterProblems(issue, params)),
  );
}

/** The definition's own `check`, on a view of the network whose writes are thrown away. */
export async function checkParams<Params>(
  definition: TaskDefinition<Params>,
  params: Params,
  store: NetworkStore,
): Promise<void> {
  if (!definition.check) return;
  const transaction = store.begin();
  try {
    await definition.check(params, {
      network: { view: (design) => transaction.view(design), designs: () => transaction.designs() },
    });
  } finally {
    transaction.rollback();
  }
}
