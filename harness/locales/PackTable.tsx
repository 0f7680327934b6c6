import { theme } from 'antd';
import { useEffect, useState } from 'react';
import { localesWith } from '../../src/locales/customerConnection/connectionLocales.ts';
import { directionOf } from '../../src/locales/language.ts';
import { loadLocale } from '../../src/locales/loadLocale.ts';
import type { Packs, Words } from '../../src/locales/types.ts';

interface PackTableProps {
  languages: string[];
  packs?: Packs;
}

/** All texts in all languages; what a pack lacks is said in English, and marked. */
export function PackTable({ languages, packs }: PackTableProps) {
  const { token } = theme.useToken();
  const [words, setWords] = useState<Record<string, Words>>();
  useEffect(() => {
    let current = true;
    const locales = localesWith(packs);
    const load = async (language: string) => {
      const { english, messages = english } = await loadLocale(language, locales);
      return [language, messages] as const;
    };
    void Promise.all(['en', ...languages].map(load)).then((loaded) => {
      if (current) setWords(Object.fromEntries(loaded));
    });
    return () => {
      current = false;
    };
  }, [languages, packs]);
  if (!words?.en) return null;
  const keys = Object.keys(words.en);
  const cell = {
    padding: token.paddingXS,
    border: `1px solid ${token.colorBorderSecondary}`,
    verticalAlign: 'top',
  };
  const marked = { ...cell, background: token.colorWarningBg, color: token.colorWarningText };
  return (
    <section
      // Wider than its page: to be scrolled with the keyboard too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region is focusable
      tabIndex={0}
      aria-label="All texts"
      dir="ltr"
      lang="en"
      style={{
        overflow: 'auto',
        maxBlockSize: '90vh',
        color: token.colorText,
        background: token.colorBgContainer,
      }}
    >
      <table style={{ borderCollapse: 'collapse', textAlign: 'start', fontSize: token.fontSizeSM }}>
        <thead>
          <tr>
            {['key', ...Object.keys(words)].map((name) => (
              <th key={name} scope="col" style={cell}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row" style={cell}>
                {key}
              </th>
              {Object.entries(words).map(([language, pack]) => (
                <td
                  key={language}
                  lang={pack[key] === undefined ? 'en' : language}
                  dir={directionOf(language)}
                  style={pack[key] === undefined ? marked : cell}
                >
                  {pack[key] ?? `⟦${words.en?.[key]}⟧`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
