import type { en } from './en.ts';

/** The texts of the harness in one language, by the keys of the English ones. */
export type HarnessPack = Record<keyof typeof en, string>;
