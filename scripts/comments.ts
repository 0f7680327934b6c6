import { parseSync } from 'oxc-parser';

/** A comment as a reader sees it: lines of `//` that stand together are one comment. */
export interface Comment {
  /** The text without its stars and slashes, with its line breaks. */
  text: string;
  /** The line of its first character, from 1. */
  line: number;
  /** True for a doc comment. */
  isDoc: boolean;
  start: number;
  end: number;
}

/** A sentence of a comment, with code spans and quotations taken out: they are not prose. */
export interface Sentence {
  text: string;
  line: number;
}

/** Comments for tools, and lines that only draw a heading. */
const NOT_PROSE =
  /^\s*(biome-ignore|@ts-|@vite-ignore|@__PURE__|#__PURE__|<reference|eslint-|prettier-|-{5,}|!|v8 ignore)/;

/** Reads the comments of a file of TypeScript, JavaScript or SQL, in their order. */
export function commentsOf(path: string, source: string): Comment[] {
  const found = path.endsWith('.sql') ? ofSql(source) : ofCode(path, source);
  const joined: Comment[] = [];
  for (const comment of found) {
    const before = joined.at(-1);
    const between = before && source.slice(before.end, comment.start);
    if (before && !before.isDoc && !comment.isDoc && /^[ \t]*\r?\n[ \t]*$/.test(between ?? '')) {
      before.text += `\n${comment.text}`;
      before.end = comment.end;
    } else joined.push(comment);
  }
  return joined.filter(({ text }) => !NOT_PROSE.test(text));
}

function ofCode(path: string, source: string): Comment[] {
  const { comments } = parseSync(path, source, /\.[cm]?jsx?$/.test(path) ? { lang: 'jsx' } : undefined);
  const prose = comments.filter(({ start }) => start > 0 || !source.startsWith('#!'));
  return prose.map(({ type, value, start, end }) => ({
    isDoc: type === 'Block' && value.startsWith('*'),
    text: value
      .replace(/^\*/, '')
      .replace(/^[ \t]*\*[ \t]?/gm, '')
      .trim(),
    line: source.slice(0, start).split('\n').length,
    start,
    end,
  }));
}

function ofSql(source: string): Comment[] {
  return [...source.matchAll(/^[ \t]*--[ \t]?(.*)$|[ \t]--[ \t](.*)$/gm)].map((match) => ({
    isDoc: false,
    text: (match[1] ?? match[2] ?? '').trim(),
    line: source.slice(0, match.index).split('\n').length,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The prose of a comment: without examples, tags, code spans, quotations and links. */
function proseOf(text: string): string {
  return text
    .replace(/@example[\s\S]*?(?=^@|$(?![\s\S]))/gm, '')
    .replace(/```[\s\S]*?```/g, '')
    .replace(/^@(param|typeParam|template)\s+(\{[^}]*\}\s+)?\S+.*$/gm, '')
    .replace(/^@\w+.*$/gm, '')
    .replace(/\{@\w+\s+([^}]*)\}/g, 'CODE')
    .replace(/`[^`]*`/g, 'CODE')
    .replace(/"[^"\n]*"/g, 'QUOTED')
    .replace(/(?<![\p{L}\d])'[^'\n]+'(?![\p{L}\d])/gu, 'QUOTED')
    .replace(/https?:\S+/g, 'LINK');
}

/**
 * Splits a comment into sentences.
 *
 * @example sentencesOf({ text: 'It waits. Then it ends.', ... }) // 'It waits.' and 'Then it ends.'
 */
export function sentencesOf(comment: Pick<Comment, 'text' | 'line'>): Sentence[] {
  const sentences: Sentence[] = [];
  // Blank lines and the items of a list end a sentence as a full stop does.
  const blocks = proseOf(comment.text).split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)/);
  for (const block of blocks) {
    const prose = block
      .replace(/^\s*(?:[-*]|\d+\.)\s+/, '')
      .replace(/\s+/g, ' ')
      .trim();
    for (const text of prose.split(/(?<=[.!?])\s+(?=[A-Z(])/)) {
      if (text.trim()) sentences.push({ text: text.trim(), line: comment.line });
    }
  }
  return sentences;
}
