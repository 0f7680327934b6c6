import type { ConfigProviderProps } from 'antd';
import { baseOf } from '../locales/language.ts';

/** The texts of antd's own components in one language. */
export type AntdLocale = NonNullable<ConfigProviderProps['locale']>;

/** English is built into antd. */
const LOADERS: Record<string, () => Promise<{ default: AntdLocale }>> = {
  de: () => import('antd/locale/de_DE.js'),
  fr: () => import('antd/locale/fr_FR.js'),
  es: () => import('antd/locale/es_ES.js'),
  ja: () => import('antd/locale/ja_JP.js'),
  ar: () => import('antd/locale/ar_EG.js'),
};

/** Undefined for English and for languages that antd's English has to serve. Rejects when it cannot be fetched. */
export async function loadAntdLocale(language: string): Promise<AntdLocale | undefined> {
  const primary = baseOf(language);
  const load = Object.hasOwn(LOADERS, primary) ? LOADERS[primary] : undefined;
  if (!load) return undefined;
  const loaded: { default: AntdLocale | { default: AntdLocale } } = await load();
  // antd's files are CommonJS: some bundlers hand over `module.exports` as the default.
  return 'default' in loaded.default ? loaded.default.default : loaded.default;
}
