import { expect, test } from 'vitest';
import { z } from 'zod';
import { parameterProblems } from '../../../../backend/tasks/parameterProblems.ts';

const problems = (schema: z.ZodType, params: unknown) =>
  schema.safeParse(params).error?.issues.flatMap((issue) => parameterProblems(issue, params));

test('nested parameters are joined by dots', () => {
  const schema = z.strictObject({ area: z.strictObject({ radius: z.number().min(1) }) });
  expect(problems(schema, { area: { radius: 0, x: 1 } })).toEqual([
    expect.objectContaining({ parameter: 'area.radius', code: 'out-of-range', expected: 'at least 1' }),
    expect.objectContaining({ parameter: 'area.x', code: 'unknown' }),
  ]);
});

test.each([
  [z.string().min(2), 'a', 'out-of-range', 'at least 2 characters long'],
  [z.number().lt(5), 5, 'out-of-range', 'less than 5'],
  [z.array(z.int()).max(1), [1, 2], 'out-of-range', 'at most 1 items long'],
  [z.int(), 1.5, 'wrong-type', 'an integer'],
  [z.boolean(), 'yes', 'wrong-type', 'a boolean'],
  [z.number().multipleOf(5), 7, 'not-allowed', 'a multiple of 5'],
  [z.literal('a'), 'b', 'not-allowed', '"a"'],
  [z.email(), 'x', 'wrong-format', 'a valid email'],
])('%# says what was expected', (schema, value, code, expected) => {
  const [problem] = problems(z.strictObject({ it: schema }), { it: value }) ?? [];
  expect(problem).toMatchObject({ parameter: 'it', code, expected });
  expect(problem?.message).toContain(`"it" must be ${expected}, not `);
});

test('other libraries give message and path only: that is told', () => {
  const issue = { message: 'Too few', path: [{ key: 'count' }] };
  expect(parameterProblems(issue, { count: 1 })).toEqual([
    { parameter: 'count', code: 'invalid', message: '"count": Too few' },
  ]);
  expect(parameterProblems(issue, {})).toEqual([
    { parameter: 'count', code: 'missing', message: '"count": Too few' },
  ]);
  expect(parameterProblems({ message: 'no' }, 7)[0]?.parameter).toBe('params');
});

test('a regular expression is told in the words of the schema', () => {
  const schema = z.strictObject({ design: z.string().regex(/^design\/.+/, "must be like 'design/NAME'") });
  expect(problems(schema, { design: 'x' })).toEqual([
    { parameter: 'design', code: 'wrong-format', message: `"design": must be like 'design/NAME'` },
  ]);
});

test('what was sent is shown, but never at length', () => {
  const [problem] = problems(z.strictObject({ it: z.number() }), { it: 'x'.repeat(10_000) }) ?? [];
  expect(problem?.message.length).toBeLessThan(200);
});
