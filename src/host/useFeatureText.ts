import { useEffect, useMemo, useState } from 'react';
import { useLocale } from './useLocale.ts';
import { type FeatureText, featureText } from './words/featureText.ts';
import { featureWordsNow, loadFeatureWords } from './words/loadFeatureWords.ts';

/**
 * The words of features in the application's language. Until they are loaded, tables and properties have their own names.
 *
 * @example
 * const words = useFeatureText();
 * return <td>{words.table('pole')}</td>;
 */
export function useFeatureText(): FeatureText {
  const { language } = useLocale('');
  const [words, setWords] = useState(() => featureWordsNow(language));
  useEffect(() => {
    let isCurrent = true;
    setWords(featureWordsNow(language));
    loadFeatureWords(language).then(
      (loaded) => isCurrent && setWords(loaded),
      // Without them the names stay.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return useMemo(() => featureText(language, words), [language, words]);
}
