/** The words for the tasks of the harness on the pages of their runs, in six languages. */
import { connectionLocales } from '../../src/locales/customerConnection/connectionLocales.ts';
import { loadLocale } from '../../src/locales/loadLocale.ts';
import type { Packs, Words } from '../../src/locales/types.ts';

/** The name of the task, the fields of its result and of its parameters, in that order. */
function words(
  task: string,
  [connections, poles, cables, length]: [string, string, string, string],
  [design, pole, count, selection]: [string, string, string, string],
  [connected, newPoles, ofCable]: [string, string, string],
): Words {
  return {
    task_customer_connection_task: task,
    result_connections: connections,
    result_poles: poles,
    result_cables: cables,
    result_cableLengthMetres: length,
    parameter_design: design,
    result_design: design,
    parameter_pole_id: pole,
    parameter_count: count,
    parameter_selection: selection,
    figure_connections: connected,
    figure_poles: newPoles,
    figure_cableLengthMetres: ofCable,
  };
}

const ours: Readonly<Record<string, Words>> = {
  en: words(
    'Customer connections',
    ['Addresses connected', 'New poles', 'Cables', 'Length of cable'],
    ['Design', 'Starting pole', 'Connections', 'Choice of addresses'],
    ['addresses connected', 'new poles', 'of cable'],
  ),
  de: words(
    'Kundenanschlüsse',
    ['Angeschlossene Adressen', 'Neue Masten', 'Kabel', 'Kabellänge'],
    ['Entwurf', 'Startmast', 'Anschlüsse', 'Auswahl der Adressen'],
    ['Adressen angeschlossen', 'neue Masten', 'Kabel'],
  ),
  fr: words(
    'Raccordements clients',
    ['Adresses raccordées', 'Nouveaux poteaux', 'Câbles', 'Longueur de câble'],
    ['Projet', 'Poteau de départ', 'Raccordements', 'Choix des adresses'],
    ['adresses raccordées', 'nouveaux poteaux', 'de câble'],
  ),
  es: words(
    'Conexiones de clientes',
    ['Direcciones conectadas', 'Postes nuevos', 'Cables', 'Longitud de cable'],
    ['Diseño', 'Poste inicial', 'Conexiones', 'Elección de direcciones'],
    ['direcciones conectadas', 'postes nuevos', 'de cable'],
  ),
  ja: words(
    '顧客接続',
    ['接続した住所', '新しい電柱', 'ケーブル', 'ケーブル長'],
    ['設計', '開始電柱', '接続数', '住所の選び方'],
    ['住所を接続', '新しい電柱', 'ケーブル'],
  ),
  ar: words(
    'توصيلات العملاء',
    ['العناوين الموصولة', 'الأعمدة الجديدة', 'الكابلات', 'طول الكابل'],
    ['التصميم', 'عمود البداية', 'التوصيلات', 'اختيار العناوين'],
    ['عناوين موصولة', 'أعمدة جديدة', 'من الكابل'],
  ),
};

/** With the sentence of the dialog about how many addresses were connected. */
async function withOutcome(language: string): Promise<Words> {
  const { messages, english } = await loadLocale(language, connectionLocales);
  const outcome = (messages ?? english).result_heading;
  return { ...ours[language], ...(outcome && { ended_customer_connection_task: outcome }) };
}

export const runPacks: Packs = Object.fromEntries(
  Object.keys(ours).map((language) => [language, () => withOutcome(language)]),
);
