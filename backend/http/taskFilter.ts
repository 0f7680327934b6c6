import { type ParameterProblem, TASK_FILTER_STATUSES, type TaskFilter } from '../../src/contract/index.ts';
import { isRecord } from '../common/json.ts';
import { parseBbox, parseBboxText } from './bbox.ts';
import { fieldProblem, invalidRequest } from './problem.ts';
import { refuseUnknown } from './requestBody.ts';

/** The fields of a task filter, in a query as in a body. */
export const TASK_FILTER_FIELDS = ['status', 'name', 'q', 'owner', 'tag', 'design', 'bbox', 'nodes'] as const;

/** Characters that each text of a filter may have. */
const LONGEST = { name: 100, q: 200, tag: 100, design: 500 } as const;
const TEXTS = ['name', 'q', 'tag', 'design'] as const;

/** The filter in the query of `GET /tasks`. Refuses what is wrong, by its name. */
export function filterOfQuery(
  query: Partial<Record<(typeof TASK_FILTER_FIELDS)[number], string>>,
): TaskFilter {
  const { bbox: text, ...texts } = query;
  const bbox = parseBboxText(text);
  return { ...parseTexts(texts, ''), ...(bbox && { bbox }) };
}

/** The filter in the body of `POST /tasks/events`: a JSON object. Refuses what is wrong, by its name. */
export function filterOfBody(value: unknown): TaskFilter {
  if (!isRecord(value)) {
    const expected = 'an object with what the tasks are to be like; {} for all';
    throw invalidRequest(fieldProblem('filter', 'wrong-type', expected));
  }
  const prefix = 'filter.';
  const known = TASK_FILTER_FIELDS.map((name) => prefix + name);
  refuseUnknown(
    Object.keys(value).map((name) => prefix + name),
    known,
    'field',
  );
  const bbox = parseBbox(value.bbox, `${prefix}bbox`);
  return { ...parseTexts(value, prefix), ...(bbox && { bbox }) };
}

function parseTexts(values: Record<string, unknown>, prefix: string): TaskFilter {
  const problems: ParameterProblem[] = [];
  const { status, owner, nodes } = values;
  const fitting = TASK_FILTER_STATUSES.find((known) => known === status);
  if (status !== undefined && !fitting) {
    const expected = `${TASK_FILTER_STATUSES.map((known) => `"${known}"`).join(', ')}, or left out`;
    problems.push(fieldProblem(`${prefix}status`, 'not-allowed', expected));
  }
  if (owner !== undefined && owner !== 'me') {
    problems.push(
      fieldProblem(`${prefix}owner`, 'not-allowed', '"me", or left out for all that you may see'),
    );
  }
  // A query has texts alone.
  if (nodes !== undefined && nodes !== false && nodes !== 'false') {
    const expected = 'false for a list without the tasks of nodes, or left out';
    problems.push(fieldProblem(`${prefix}nodes`, 'not-allowed', expected));
  }
  const texts: Pick<TaskFilter, (typeof TEXTS)[number]> = {};
  for (const name of TEXTS) {
    const text = values[name];
    if (text === undefined) continue;
    const expected = `at most ${LONGEST[name]} characters long`;
    if (typeof text !== 'string') problems.push(fieldProblem(prefix + name, 'wrong-type', 'text'));
    else if (text.length > LONGEST[name])
      problems.push(fieldProblem(prefix + name, 'out-of-range', expected));
    else texts[name] = text;
  }
  const [first, ...rest] = problems;
  if (first) throw invalidRequest(first, ...rest);
  return {
    ...(fitting && { status: fitting }),
    ...(owner !== undefined && { owner: 'me' }),
    ...(nodes !== undefined && { nodes: false }),
    ...texts,
  };
}
