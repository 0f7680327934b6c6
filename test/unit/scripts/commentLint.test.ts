import { describe, expect, it } from 'vitest';
import { lintComments, withoutExample } from '../../../scripts/commentLint.ts';
import { commentsOf, sentencesOf } from '../../../scripts/comments.ts';
import { lintAllComments } from '../../../scripts/lintAllComments.ts';
import { sourceFiles } from '../../../scripts/sourceFiles.ts';

const files = await sourceFiles(/\.([cm]?[jt]sx?|sql)$/);
const findings = lintAllComments(files);

/** The rules that a comment breaks. */
const rulesOf = (comment: string) =>
  lintComments('src/x.ts', `${comment}\nexport const x = 1;`).map(({ rule }) => rule);

it('the comments of the repository are plain English', () => {
  expect(findings).toEqual([]);
});

describe('a comment', () => {
  it.each([
    ['a fragment that opens with What', '// What a task author writes.', 'fragment'],
    [
      'a fragment that opens with Of, after a whole sentence',
      '/** It waits. Of that, a part. */',
      'fragment',
    ],
    ['a fragment over two lines', '// It waits.\n// How\n// long it waits.', 'fragment'],
    ['a fragment in a list', '/**\n * Options:\n * - Whether it waits.\n */', 'fragment'],
    ['a Where without a main clause', '/** Where an event stream writes its bytes. */', 'fragment'],
    ['an event that is told', '// The end is told to everyone.', 'word'],
    ['an accident', '/** The task failed of an accident. */', 'word'],
    ['for who', '// It counts, for who asks.', 'word'],
    ['turns', '// The streams write in turns.', 'word'],
    ['a line that is a connection', '// The client reports a lost line.', 'word'],
  ])('is found: %s', (_what, comment, rule) => {
    expect(rulesOf(comment)).toEqual([rule]);
  });

  it.each([
    ['a whole sentence', '/** The worker publishes the end after the other events of the task. */'],
    ['a question', '// What does the caller see? The same task.'],
    ['a main clause after Where', '/** Where the store has no such table, the engine throws. */'],
    ['a code span', '/** The function `tell` of the library returns an offset. */'],
    ['a quotation', '/** The page shows "What is new" at the top. */'],
    ['an example', "/**\n * It asks.\n *\n * @example\n * // What it returns\n * ask('told');\n */"],
    ['a line of text', '// The parser reads the stream line by line.'],
    [
      'a list of commands for tools',
      '// biome-ignore lint/suspicious/noConsole: told by the operator\n/** Prints. */',
    ],
    [
      'a word that is meant, with its reason',
      '/** It draws the board. plain-english-allow: a chess board */',
    ],
  ])('is no finding: %s', (_what, comment) => {
    expect(rulesOf(comment)).toEqual([]);
  });

  it('is allowed only with a reason', () => {
    expect(rulesOf('/** It draws the board. plain-english-allow: */')).toEqual(['word']);
  });

  it('is named with its file, its line, the rule and the sentence', () => {
    expect(lintComments('src/x.ts', '\n\n/** What it is. */\nexport const x = 1;')).toEqual([
      {
        file: 'src/x.ts',
        line: 3,
        rule: 'fragment',
        message: 'a fragment: give the sentence a subject and a verb: What it is.',
      },
    ]);
  });

  it('of SQL is checked too', () => {
    const sql = '-- The tables of tasks.\nCREATE TABLE t (a int); -- Who owns it.\n';
    expect(lintComments('server/migrations/1.sql', sql).map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'fragment'],
    ]);
  });
});

describe('a file', () => {
  it.each([
    ['without any comment', 'export const x = 1;', ['file-comment']],
    ['with comments inside only', 'export function f() {\n  // It waits.\n}', ['file-comment']],
    ['with a comment at its head', '// It waits.\nimport "y";\nexport const x = 1;', []],
    ['with a comment at an export', 'import "y";\n/** It waits. */\nexport const x = 1;', []],
    ['that only lists exports', "export { x } from './y.ts';", []],
  ])('%s', (_what, source, rules) => {
    expect(lintComments('src/x.ts', source).map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('a published function', () => {
  const source = `/** Adds. @example add(1) */
export function add(): void {}
/** Takes away. */
export function takeAway(): void {}
/** Shows. */
export function Shown(): void {}
/** Is not published. */
export function helper(): void {}`;

  it('needs an @example, a component does not', () => {
    const found = withoutExample('src/x.ts', source, ['add', 'takeAway', 'Shown']);
    expect(found.map(({ line, message }) => [line, message])).toEqual([
      [4, 'takeAway() is published and has no @example'],
    ]);
  });
});

describe('the sentences of a comment', () => {
  it('are split at full stops, blank lines and items of lists, over the lines of the source', () => {
    const [comment] = commentsOf(
      'x.ts',
      '/**\n * It waits, e.g.\n * for 5.5 s. Then it ends.\n *\n * - One\n * - Two\n */',
    );
    expect(comment && sentencesOf(comment).map(({ text }) => text)).toEqual([
      'It waits, e.g. for 5.5 s.',
      'Then it ends.',
      'One',
      'Two',
    ]);
  });
});
