import { checkPacks } from 'lrt-plugin/locales';

const en = { labelled: '{count, plural, one {# pole labelled} other {# poles labelled}}' };
const de = { labelled: '{count, plural, one {# Mast beschriftet} other {# Masten beschriftet}}' };

/** Nothing, where all is well: `expect(problems).toEqual([])`. */
export const problems = checkPacks({ en, de });
