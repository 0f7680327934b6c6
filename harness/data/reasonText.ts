import type { DataReason } from '../../backend/data/dataTypes.ts';
import type { ReasonCode } from '../../backend/data/reasons.ts';
import { formatMessage } from '../../src/locales/format.ts';
import { directionOf } from '../../src/locales/language.ts';
import { ar } from './reasons/ar.ts';
import { de } from './reasons/de.ts';
import { en } from './reasons/en.ts';
import { es } from './reasons/es.ts';
import { fr } from './reasons/fr.ts';
import { ja } from './reasons/ja.ts';
import type { ReasonPack } from './reasons/pack.ts';
import { type IntakeMsg, intakeMsg } from './words/words.ts';

const packs: Record<string, ReasonPack> = { en, de, fr, es, ja, ar };

/** The reason in the user's words, with numbers as the language writes them. A code that nobody has words for is said in English. */
export function reasonText({ code, values, text }: DataReason, language: string): string {
  const pack = packs[language] ?? en;
  if (!isCode(code)) return text;
  const msg = intakeMsg(language);
  const said = Object.entries(values).map(([name, value]) => [name, valueText(name, value, language, msg)]);
  return formatMessage(pack[code], Object.fromEntries(said), language);
}

function isCode(code: string): code is ReasonCode {
  return Object.hasOwn(en, code);
}

function valueText(name: string, value: string | number, language: string, msg: IntakeMsg): string | number {
  if (name === 'layer' || name === 'otherLayer') return layerText(String(value), msg);
  // Two numbers would change places from right to left: '[13.4, 52.5]' must not read '[52.5, 13.4]'.
  const isPlace = typeof value === 'string' && /\d/.test(value) && !/\p{L}/u.test(value);
  return isPlace && directionOf(language) === 'rtl' ? `\u2066${value}\u2069` : value;
}

function layerText(layer: string, msg: IntakeMsg): string {
  switch (layer) {
    case 'addresses':
    case 'poles':
    case 'streets':
    case 'designs':
    case 'designPoles':
      return msg(`kind_${layer}`);
    default:
      return msg('town');
  }
}
