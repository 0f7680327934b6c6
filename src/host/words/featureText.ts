import type { FeatureWords } from './FeatureWords.ts';

/** Says what a feature is in the user's words. */
export interface FeatureText {
  /** Returns 'Mast' for 'pole', and the name of a table that has no word. */
  table(name: string): string;
  property(name: string): string;
  /** A value with its unit, in the user's digits. */
  value(property: string, value: string | number): string;
  /** 'Mast 12' of 'pole/12'; undefined where the text is no URN of a table that has a word. */
  urn(text: string): string | undefined;
  metres(metres: number): string;
  decibels(loss: number): string;
  number(value: number): string;
}

/** These are years, numbers of houses and the like: a thousand of them has no comma. */
const NUMBERED: ReadonlySet<string> = new Set(['street_number', 'unit', 'postcode', 'id']);

export function featureText(language: string, words: FeatureWords | undefined): FeatureText {
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const metre = new Intl.NumberFormat(language, { style: 'unit', unit: 'meter', maximumFractionDigits: 1 });
  const kilometre = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'kilometer',
    maximumFractionDigits: 2,
  });
  const wordOf = (list: Readonly<Record<string, string>> | undefined, name: string) =>
    list && Object.hasOwn(list, name) ? list[name] : undefined;
  const metres = (length: number) =>
    Math.abs(length) >= 1_000 ? kilometre.format(length / 1_000) : metre.format(length);
  // Intl knows no decibels. The unit is written the same in all languages.
  const decibels = (loss: number) => `${tenth.format(loss)} dB`;
  return {
    table: (name) => wordOf(words?.tables, name) ?? name,
    property: (name) => wordOf(words?.properties, name) ?? name,
    value(property, value) {
      if (typeof value === 'string')
        return (property === 'kind' && wordOf(words?.kinds, value)) || this.urn(value) || value;
      if (property === 'length' || property.endsWith('_metres')) return metres(value);
      if (property.endsWith('_db')) return decibels(value);
      return NUMBERED.has(property) ? String(value) : plain.format(value);
    },
    urn(text) {
      const [, table = '', id = ''] = /^([a-z][a-z0-9_]{0,29})\/(\d{1,16})$/.exec(text) ?? [];
      const word = wordOf(words?.tables, table);
      return word && `${word} ${id}`;
    },
    metres,
    decibels,
    number: (value) => plain.format(value),
  };
}
