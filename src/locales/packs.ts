import type { LocaleSource, Packs, PackTools, Words } from './types.ts';

// Nothing is imported here but types: what this file shared with the plugin would be split into a file of its own by
// an application's bundler, and be fetched before the plugin by everyone.

/** The packs that have been fetched so far. */
const fetched = new WeakMap<Packs, Map<string, Words>>();

/**
 * Our packs, and over them those of an application or of another plugin. A pack that cannot be fetched or is none is
 * reported in development, and left out.
 *
 * @param ownKeys the keys of `packs.en` are another plugin's: our words for a key of the same name are not meant
 */
export function localesOf(packs: Packs, tools: PackTools, ownKeys = false): LocaleSource {
  const { ours: ourLocales, canonicalLanguage, baseOf } = tools;
  const here = (language: string) => tagsFor(packs, language, tools).map((tag) => wordsOf(packs, tag));
  return {
    of(language) {
      const ours = ourLocales.of(language);
      const wanted = canonicalLanguage(language);
      const isEnglish = baseOf(wanted) === 'en';
      const inEnglish = here(isEnglish ? wanted : 'en');
      const own = isEnglish ? [] : here(wanted);
      const hidden = ownKeys ? merged(inEnglish) : {};
      const layers = [ours.messages && without(ours.messages, hidden), ...own];
      const messages = layers.some(Boolean) ? merged(layers) : undefined;
      return {
        language: messages || isEnglish ? wanted : 'en',
        messages,
        english: merged([ours.english, ...inEnglish]),
        complete: ours.complete && [...own, ...inEnglish].every(Boolean),
      };
    },
    async load(language) {
      const tags = new Set([...tagsFor(packs, language, tools), ...tagsFor(packs, 'en', tools)]);
      const all = [ourLocales.load(language), ...[...tags].map((tag) => fetchWords(packs, tag))];
      const results = await Promise.allSettled(all);
      for (const result of results) if (result.status === 'rejected') tools.report(result.reason);
    },
  };
}

/** 'pt-BR' is served by the packs 'pt' and, over it, 'pt-BR'. */
function tagsFor(
  packs: Packs,
  language: string,
  { canonicalLanguage, baseOf, isLanguage }: PackTools,
): string[] {
  const wanted = canonicalLanguage(language);
  return Object.keys(packs)
    .filter((tag) => isLanguage(tag) && [baseOf(wanted), wanted].includes(canonicalLanguage(tag)))
    .sort((a, b) => a.length - b.length);
}

/** The words of a pack, if they are here already. */
function wordsOf(packs: Packs, tag: string): Words | undefined {
  const source: unknown = packs[tag];
  return isWords(source) ? source : fetched.get(packs)?.get(tag);
}

/** Rejects where the pack cannot be fetched or is none, and names it; the next call tries again. */
async function fetchWords(packs: Packs, tag: string): Promise<void> {
  if (wordsOf(packs, tag)) return;
  const source: unknown = packs[tag];
  let got = source;
  try {
    if (typeof source === 'function') got = await source();
  } catch (cause) {
    throw new Error(`The language pack '${tag}' could not be loaded`, { cause });
  }
  const inner = isRecord(got) ? (got.messages ?? got.default) : undefined;
  const words = isRecord(inner) ? inner : got;
  if (!isWords(words)) {
    throw new TypeError(
      `The language pack '${tag}' must be texts by key, or a module that exports them as 'messages'`,
    );
  }
  const known = fetched.get(packs) ?? new Map<string, Words>();
  fetched.set(packs, known.set(tag, words));
}

function merged(layers: readonly (Words | undefined)[]): Words {
  return Object.assign({}, ...layers);
}

function without(words: Words, keys: Words): Words {
  return Object.fromEntries(Object.entries(words).filter(([key]) => !Object.hasOwn(keys, key)));
}

function isWords(value: unknown): value is Words {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
