import type { Language } from '../loadLocale.ts';

/**
 * The name of the tool in every language. Apart from the packs, because a host's toolbar asks for its buttons'
 * labels before any pack could have been loaded.
 */
export const titles = {
  en: 'Customer connections',
  de: 'Kundenanschlüsse',
  fr: 'Raccordement des abonnés',
  es: 'Conexión de clientes',
  ja: '加入者接続',
  ar: 'توصيل المشتركين',
} as const satisfies Record<Language, string>;
