import { isRecord, type ParameterProblem } from '../../../src/contract/index.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';

/** A tag has at most 100 characters, and 'control:' or 'workflow:' stands before an id. */
const MAX_ID = 90;
const MAX_METHOD = 100;
const MAX_INPUTS = 1_000;
/** Letters, digits and signs that a path and a tag may have. */
const ID = /^[\w.:~@+-]+$/;

/** A call of `POST /control/execute`, as it was checked. */
export interface ExecuteRequest {
  /** The name of a task definition. */
  method: string;
  /** The caller's own id. It is unique within the workflow. */
  taskId: string;
  /** 'none' where the call names no workflow. */
  workflowId: string;
  /** References to the output of earlier tasks: `{ protocol, uri, format }`. They are passed on as they are. */
  inputs: Record<string, unknown>[];
  parameters: Record<string, unknown>;
}

/**
 * Reads the body of `POST /control/execute`. Refuses with every field that is wrong. Fields that this server does not know are
 * left out: an orchestrator of somebody else may send more.
 */
export function parseExecuteRequest(fields: Map<string, unknown>): ExecuteRequest {
  const problems: ParameterProblem[] = [];
  const optional = <T>(name: string, fallback: T): unknown => fields.get(name) ?? fallback;
  const method = fields.get('method');
  const taskId = fields.get('task_id');
  const workflowId = optional('workflow_id', 'none');
  const inputs = optional('inputs', []);
  const parameters = optional('parameters', {});
  const wrong = (name: string, expected: string) => {
    problems.push(fieldProblem(name, fields.has(name) ? 'wrong-type' : 'missing', expected));
  };
  const isMethod = typeof method === 'string' && method.length >= 1 && method.length <= MAX_METHOD;
  if (!isMethod) wrong('method', `the name of an operation, 1 to ${MAX_METHOD} characters`);
  if (!isId(taskId)) wrong('task_id', ID_TEXT);
  if (!isId(workflowId)) wrong('workflow_id', ID_TEXT);
  const areInputs = Array.isArray(inputs) && inputs.length <= MAX_INPUTS && inputs.every(isRecord);
  if (!areInputs) wrong('inputs', `a list of at most ${MAX_INPUTS} references { protocol, uri, format }`);
  if (!isRecord(parameters)) wrong('parameters', 'an object of parameters by name');
  const [first, ...rest] = problems;
  if (first) throw invalidRequest(first, ...rest);
  if (!isMethod || !isId(taskId) || !isId(workflowId) || !areInputs || !isRecord(parameters)) {
    throw new TypeError('a field that is wrong was not reported');
  }
  return { method, taskId, workflowId, inputs, parameters };
}

const ID_TEXT = `text of 1 to ${MAX_ID} letters, digits and . : ~ @ + - _`;

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_ID && ID.test(value);
}
