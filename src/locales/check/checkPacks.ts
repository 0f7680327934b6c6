import { isLanguage } from '../language.ts';
import { MalformedTemplate, readTemplate, type Template } from './readTemplate.ts';

/** A problem of one text, or of a pack as a whole. */
export interface PackProblem {
  language: string;
  /** Empty where it is the pack as a whole. */
  key: string;
  problem: string;
  fix: string;
  /** A warning may be right as it is. */
  severity: 'error' | 'warning';
}

type Tell = (key: string, problem: string, fix: string, severity?: PackProblem['severity']) => void;

export interface CheckOptions {
  /** The pack that the others are compared with. Default: the pack 'en' among them. */
  english?: Readonly<Record<string, unknown>>;
  /** Packs may lack keys: what they lack is said in English. */
  partial?: boolean;
  /** Keys that packs may have besides. */
  open?: RegExp;
}

/**
 * Compares packs with the English one: keys, placeholders, plural forms, empty and untranslated texts. Takes them as
 * they come from a file, by language tag. Returns their problems: an empty list if there are none.
 *
 * @example
 * checkPacks({ en: { title: 'Poles' }, de: {} }); // one problem: 'de' lacks the key 'title'
 */
export function checkPacks(
  packs: Readonly<Record<string, unknown>>,
  { english: given, partial = false, open }: CheckOptions = {},
): PackProblem[] {
  const problems: PackProblem[] = [];
  const english = given ?? (Object.hasOwn(packs, 'en') ? packs.en : undefined);
  if (!isRecord(english)) {
    const fix = 'add it: the keys of the others are compared with its keys';
    return [{ language: 'en', key: '', problem: 'there is no English pack', fix, severity: 'error' }];
  }
  for (const [language, pack] of Object.entries(packs)) {
    const tell: Tell = (key, problem, fix, severity = 'error') => {
      problems.push({ language, key, problem, fix, severity });
    };
    if (!isLanguage(language)) {
      tell('', 'is not a language tag', "name the pack after its language: 'de', 'pt-BR'");
      continue;
    }
    if (!isRecord(pack)) {
      tell('', 'is not an object of texts by key', 'write { "key": "text" }');
      continue;
    }
    for (const [key, text] of partial ? [] : Object.entries(english)) {
      if (!Object.hasOwn(pack, key)) {
        tell(key, 'is missing', typeof text === 'string' ? `translate "${text}"` : 'add it');
      }
    }
    for (const [key, text] of Object.entries(pack)) {
      const source = Object.hasOwn(english, key) ? english[key] : undefined;
      if (source === undefined && !open?.test(key)) {
        tell(key, 'is not a key of the English pack', 'remove it, or mend its name');
      } else if (typeof text !== 'string') {
        tell(key, `is not a text, but ${text === null ? 'null' : typeof text}`, 'write a text');
      } else if (text.trim() === '') tell(key, 'is empty', 'write a text, or leave the key out');
      else checkText(key, text, language, source, tell);
    }
  }
  return problems;
}

function checkText(key: string, text: string, language: string, english: unknown, tell: Tell): void {
  const template = read(text);
  if (template instanceof MalformedTemplate) {
    tell(key, template.message, 'mend it: texts hold {name}, {name, number} and {name, plural, ...}');
    return;
  }
  for (const { name, branches } of template.plurals) {
    const needed = pluralForms(language);
    const missing = needed.filter((form) => !branches.includes(form));
    const idle = branches.filter((form) => !form.startsWith('=') && !needed.includes(form));
    if (missing.length) tell(key, `{${name}, plural} lacks ${missing.join(', ')}`, `add ${forms(missing)}`);
    if (idle.length) {
      const problem = `{${name}, plural} has ${idle.join(', ')}, which '${language}' never uses`;
      tell(key, problem, `remove ${forms(idle)}`, 'warning');
    }
  }
  if (typeof english !== 'string') return;
  if (text === english) {
    if (isSentence(text) && !/^en\b/i.test(language))
      tell(key, 'is the English text', 'translate it', 'warning');
    return;
  }
  const source = read(english);
  if (source instanceof MalformedTemplate) return;
  const known = [...source.placeholders];
  for (const name of known) {
    if (!template.placeholders.has(name))
      tell(key, `lacks {${name}}`, `put {${name}} where its value belongs`);
  }
  for (const name of template.placeholders) {
    if (known.includes(name)) continue;
    const fix = known.length ? `use ${known.map((own) => `{${own}}`).join(', ')}` : 'remove it';
    tell(key, `has {${name}}, which is given no value`, fix);
  }
}

function read(text: string): Template | MalformedTemplate {
  try {
    return readTemplate(text);
  } catch (error) {
    if (error instanceof MalformedTemplate) return error;
    throw error;
  }
}

function pluralForms(language: string): string[] {
  return new Intl.PluralRules(language.replaceAll('_', '-')).resolvedOptions().pluralCategories;
}

const forms = (names: string[]) => names.map((name) => `${name} {…}`).join(' ');

/** Two words or more besides placeholders: single words are often the same in two languages. */
function isSentence(text: string): boolean {
  return (text.replace(/\{[^}]*\}/g, '').match(/\p{L}{2,}/gu)?.length ?? 0) > 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
