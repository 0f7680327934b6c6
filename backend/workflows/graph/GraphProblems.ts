import { type ParameterProblem, WORKFLOW_TASK } from '../../../src/contract/index.ts';
import { boundText } from '../../common/boundText.ts';
import { invalidParams } from '../../tasks/validateParams.ts';

/** A refusal names so many problems. Whoever mends these finds the others. */
const MAX_PROBLEMS = 20;
const MAX_PATH = 200;
const MAX_MESSAGE = 500;

/** It gathers what is wrong with a graph, so that one refusal can name all of it. */
export class GraphProblems {
  readonly #problems: ParameterProblem[] = [];
  readonly #root: string;

  /** `root` is the parameter that is looked at. All names in a refusal begin with it. */
  constructor(root = 'graph') {
    this.#root = root;
  }

  /** True: the refusal has no room for more, so there is no sense in a further search. */
  get isFull(): boolean {
    return this.#problems.length >= MAX_PROBLEMS;
  }

  /** `at` is a path in the graph, as 'nodes.plan.weight'; '' is the graph itself. */
  add(at: string, code: string, message: string): void {
    if (this.isFull) return;
    const parameter = boundText(at === '' ? this.#root : `${this.#root}.${at}`, MAX_PATH);
    this.#problems.push({ parameter, code, message: boundText(`"${parameter}" ${message}`, MAX_MESSAGE) });
  }

  mustBe(at: string, expected: string, found: unknown): void {
    const code = found === undefined ? 'missing' : 'wrong-type';
    this.add(at, code, `must be ${expected}, not ${describeValue(found)}`);
  }

  /** Throws 'invalid-params' where there is a problem. */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw invalidParams(WORKFLOW_TASK, this.#problems);
  }
}

/** A short name of any value, for messages. It reads nothing of an object. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'left out';
  if (value === null) return 'null';
  if (typeof value === 'string') return boundText(JSON.stringify(value), 60);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
