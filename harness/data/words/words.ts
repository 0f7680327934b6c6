import { formatMessage } from '../../../src/locales/format.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { IntakePack } from './pack.ts';

export type IntakeMsg = (key: keyof IntakePack, values?: Record<string, string | number>) => string;

const packs: Record<string, IntakePack> = { en, de, fr, es, ja, ar };

/**
 * The words of a language, English where there are none. Numbers are written as the language writes them, and names in letters
 * of the other direction are isolated.
 */
export function intakeMsg(language: string): IntakeMsg {
  const pack = packs[language] ?? en;
  return (key, values = {}) => formatMessage(pack[key], values, language);
}
