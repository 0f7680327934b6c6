/** The English words are those of the reader itself, because the command line prints them too. */
export { REASON_TEXTS as en } from '../../../backend/data/reasonTexts.ts';
