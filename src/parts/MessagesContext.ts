import { createContext, useContext } from 'react';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { en } from '../locales/en.ts';

/** The words of the modal; English where nobody provided any. */
export const MessagesContext = createContext<Translator>(
  createTranslator({ locale: { language: 'en', english: en } }),
);

export const useTranslator = (): Translator => useContext(MessagesContext);
