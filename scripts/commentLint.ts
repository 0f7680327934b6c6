import { parseSync } from 'oxc-parser';
import { type Comment, commentsOf, sentencesOf } from './comments.ts';

/** A sentence, or a missing comment, that the rules of plain English find. */
export interface Finding {
  file: string;
  line: number;
  rule: 'fragment' | 'word' | 'file-comment' | 'example';
  message: string;
}

/**
 * A comment that holds "plain-english-allow: REASON" is not checked. It is for words that are meant literally, such as
 * the board of a terminal.
 */
const ALLOWED = /plain-english-allow:\s*\S/;

/** Openings after which a sentence of a comment has, nearly always, no verb of its own. A question has one. */
const FRAGMENT = /^(What|Of|How|Who|Whose|Which|Whether)\b(?!.*\?$)/;
/** These open a whole sentence if a main clause follows the comma. */
const FRAGMENT_WITHOUT_COMMA = /^(Where|When|Unless|Until(?! then)|Because|So that)\b(?!.*[,?])/;

/** Words of a private language, each with the field's word for it. */
const WORDS: readonly [pattern: RegExp, instead: string][] = [
  [/\b(told|untold|tells?|telling)\b/i, 'publish, report, send, say or pass: name who does what'],
  [/\baccidents?\b/i, 'an unexpected error'],
  [/\banew\b/i, 'again, or from the beginning'],
  [/\b(in turns|(its|whose|their|a) turn)\b/i, 'the queue, or one after the other'],
  [/\b(stands?|waits?|waiting|standing) in line\b|\b(lost|dead|broken|open) line\b/i, 'queue, or connection'],
  [/(?<![-\w])board\b(?!-)/i, 'the services, or the class by its name'],
  [/\b(for|to|of|by|from|with|as|than|only) who\b/i, 'whoever, or anyone who'],
  [/\bwithout a word\b|\bno words? of\b/i, 'without a message'],
];

/**
 * Checks the comments of one file against the rules of plain English that a program can check.
 *
 * @example lintComments('src/a.ts', '// What it is told.') // a 'fragment' and a 'word'
 */
export function lintComments(file: string, source: string): Finding[] {
  const findings: Finding[] = [];
  const comments = commentsOf(file, source);
  for (const comment of comments) {
    if (ALLOWED.test(comment.text)) continue;
    for (const { text, line } of sentencesOf(comment)) {
      const add = (rule: Finding['rule'], message: string) =>
        findings.push({ file, line, rule, message: `${message}: ${shortened(text)}` });
      if (FRAGMENT.test(text) || FRAGMENT_WITHOUT_COMMA.test(text)) {
        add('fragment', 'a fragment: give the sentence a subject and a verb');
      }
      for (const [pattern, instead] of WORDS) {
        const word = pattern.exec(text)?.[0];
        if (word) add('word', `"${word}": better ${instead}`);
      }
    }
  }
  if (!hasFileComment(file, source, comments)) {
    findings.push({
      file,
      line: 1,
      rule: 'file-comment',
      message: 'no comment says what this file does for whom: write one at its head or at its first export',
    });
  }
  return findings;
}

/** True where a comment stands at the head of the file, or a doc comment right before one of its declarations. */
function hasFileComment(file: string, source: string, comments: readonly Comment[]): boolean {
  const [first] = comments;
  if (first && source.slice(0, first.start).trim() === '') return true;
  if (file.endsWith('.sql')) return false;
  // A list of exports from other files needs none: it is an index.
  const declarations = parse(file, source).body.filter(
    (node) => node.type !== 'ImportDeclaration' && !('source' in node && node.source),
  );
  const exported = declarations.filter(({ type }) => type.startsWith('Export'));
  const candidates = exported.length > 0 ? exported : declarations;
  return (
    candidates.length === 0 ||
    candidates.some((node) => docBefore(node.start, source, comments) !== undefined)
  );
}

function docBefore(start: number, source: string, comments: readonly Comment[]): Comment | undefined {
  return comments.find(({ end }) => end <= start && source.slice(end, start).trim() === '');
}

function parse(file: string, source: string) {
  return parseSync(file, source, /\.[cm]?jsx?$/.test(file) ? { lang: 'jsx' } : undefined).program;
}

/**
 * The exported functions of a file whose doc comment has no `@example`, of those that are named. A component is a
 * function that starts with a capital: its story is its example.
 */
export function withoutExample(file: string, source: string, names: readonly string[]): Finding[] {
  const comments = commentsOf(file, source);
  return parse(file, source).body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'FunctionDeclaration') return [];
    const name = node.declaration.id?.name;
    if (!name || !names.includes(name) || /^[A-Z]/.test(name)) return [];
    const doc = docBefore(node.start, source, comments);
    // If a function has overloads, its first signature has the comment.
    if (doc?.text.includes('@example') || source.slice(0, node.start).includes(`export function ${name}`))
      return [];
    const line = source.slice(0, node.start).split('\n').length;
    return [{ file, line, rule: 'example' as const, message: `${name}() is published and has no @example` }];
  });
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
