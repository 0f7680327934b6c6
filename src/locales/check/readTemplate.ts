/** The values and plural forms that a text uses. */
export interface Template {
  /** Names of the values that it shows or counts. */
  placeholders: Set<string>;
  plurals: { name: string; branches: string[] }[];
}

/** A text that `formatMessage` (format.ts) would show as it is. */
export class MalformedTemplate extends Error {}

const CATEGORY = /^(?:=\d+|zero|one|two|few|many|other)$/;

/** Reads a text as `formatMessage` does, but says what is wrong with it: throws MalformedTemplate. */
export function readTemplate(text: string): Template {
  const found: Template = { placeholders: new Set(), plurals: [] };
  let at = 0;

  const fail = (problem: string, position = at): never => {
    throw new MalformedTemplate(`${problem}, at character ${position + 1}`);
  };

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return undefined;
    at = pattern.lastIndex;
    return match[1] ?? match[0];
  };

  /** Up to the end of the text or of a plural's branch. */
  const readText = (branchAt?: number): void => {
    while (at < text.length) {
      const character = text.charAt(at);
      if (character === '}' && branchAt === undefined) fail('a } without its {');
      at += 1;
      if (character === '}') return;
      if (character === '{') readArgument(at - 1);
    }
    if (branchAt !== undefined) fail('a { without its }', branchAt);
  };

  const readArgument = (start: number): void => {
    const name = take(/\s*(\w+)\s*/y) ?? fail('a { without a name after it', start);
    found.placeholders.add(name);
    if (take(/\}/y)) return;
    const kind = take(/,\s*(\w+)\s*/y) ?? fail(`{${name} without its }`, start);
    if (kind === 'number') {
      if (!take(/\}/y)) fail(`{${name}, number without its }`, start);
    } else if (kind === 'plural') readBranches(name, start);
    else fail(`{${name}, ${kind} is not known: there are number and plural`, start);
  };

  const readBranches = (name: string, start: number): void => {
    if (!take(/,/y)) fail(`{${name}, plural without its branches`, start);
    const branches: string[] = [];
    for (;;) {
      take(/\s+/y);
      if (take(/\}/y)) break;
      const category = take(/[^\s{}]+/y) ?? fail(`{${name}, plural without its }`, start);
      if (!CATEGORY.test(category)) fail(`'${category}' is not a plural form`, at - category.length);
      if (branches.includes(category)) fail(`the plural form '${category}' twice`, at - category.length);
      take(/\s+/y);
      if (!take(/\{/y)) fail(`the plural form '${category}' without its {text}`);
      branches.push(category);
      readText(at - 1);
    }
    if (!branches.includes('other')) fail(`{${name}, plural} without the form 'other'`, start);
    found.plurals.push({ name, branches });
  };

  readText();
  return found;
}
