// The shapes of the texts in several languages, for the files that load them and for those that show them.

/** Texts by message key; for what a text may hold see format.ts. */
export type Words = Readonly<Record<string, string>>;

/** Words, or what fetches them: a module's `messages` or default export. Keys may lack: they are said in English. */
export type PackSource = Words | (() => Promise<Words | { messages: Words } | { default: Words }>);

/** By language tag: `{ pt: () => import('./pt.js'), 'de-CH': { create: '...' } }`. */
export type Packs = Readonly<Record<string, PackSource>>;

/** The words of a language, and the English ones for what they lack. */
export interface Locale {
  /** Plurals and numbers are formatted for it: the requested language, or English if there is no pack for it. */
  language: string;
  /** None where the language is English, or has to be. */
  messages?: Words | undefined;
  english: Words;
  /** False while something is still to be fetched. */
  complete?: boolean;
}

/** A source of messages. */
export interface LocaleSource {
  /** The messages that are loaded so far. English where there are none, so that the user always sees a text. */
  of(language: string): Locale;
  /** Fetches them. Where that fails, the next call tries again. */
  load(language: string): Promise<unknown>;
}

/** The functions of loadLocale.ts that packs.ts calls. They are passed and not imported: packs.ts loads on demand. */
export interface PackTools {
  ours: LocaleSource;
  baseOf(language: string): string;
  canonicalLanguage(language: string): string;
  isLanguage(tag: string): boolean;
  report(problem: unknown): void;
}
