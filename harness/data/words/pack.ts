import type { en } from './en.ts';

/** The words of the dialog in one language, by the keys of the English ones. */
export type IntakePack = Record<keyof typeof en, string>;
