import { isRecord } from '../../src/contract/index.ts';
import type { ApplicationView } from '../../src/host/ApplicationView.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import { FALLBACK_LANGUAGE } from '../../src/host/localisation.ts';
import { describeProblem } from '../../src/host/reportProblem.ts';
import { baseOf } from '../../src/locales/language.ts';

/** By module, then by language: what a message file ('<module>/public/locales/<language>/<module>.msg') holds. */
export type ModuleLocales = Record<string, Record<string, () => unknown>>;

type MessageGroups = Record<string, Record<string, string>>;

let provided: ModuleLocales = {};
const requested = new Set<string>();

/**
 * Gives the stand-in the places of the modules' message files. `lrt-plugin/host/vite` calls it for all that it finds.
 *
 * @example provideModuleLocales({ drops: { en: () => import('./locales/en/drops.msg') } })
 */
export function provideModuleLocales(locales: ModuleLocales): void {
  for (const [module, languages] of Object.entries(locales)) {
    provided = { ...provided, [module]: { ...provided[module], ...languages } };
  }
}

/** Loads a module's messages into the application, now and whenever its language changes. */
export async function loadModuleLocale(module: string): Promise<void> {
  requested.add(module);
  const app = latestApplication();
  if (app) await loadInto(app, module);
}

/** Gives an application that starts what was asked for before; ends with the application. */
export async function followModuleLocales(app: ApplicationView): Promise<void> {
  const loadAll = () => Promise.all([...requested].map((module) => loadInto(app, module)));
  app.on('language-changed', () => void loadAll());
  await loadAll();
}

async function loadInto(app: ApplicationView, module: string): Promise<void> {
  const { language } = app.localisation;
  const languages = new Set([FALLBACK_LANGUAGE, baseOf(language), language]);
  const files = provided[module];
  if (!files) {
    const known = Object.keys(provided).join(', ') || 'none';
    app.report(
      new Error(
        `loadModuleLocale('${module}'): there is no ${module}/public/locales/<language>/${module}.msg; modules with message files: ${known}`,
      ),
    );
    return;
  }
  await Promise.all(
    [...languages].map(async (each) => {
      const load = files[each];
      if (!load) return;
      try {
        const { groups, refused } = readGroups(defaultOf(await load()));
        app.localisation.loadMessages(each, groups);
        if (refused.length > 0) {
          app.report(
            new TypeError(
              `${module}.msg (${each}): ${refused.join(', ')} must be a text: { "GROUP": { "key": "text" } }`,
            ),
          );
        }
      } catch (cause) {
        app.report(
          new Error(
            `The messages of module '${module}' (${each}) could not be loaded: ${describeProblem(cause)}`,
            {
              cause,
            },
          ),
        );
      }
    }),
  );
}

/** The default export of a module that was imported; anything else as it is. */
function defaultOf(loaded: unknown): unknown {
  return isRecord(loaded) && 'default' in loaded ? loaded.default : loaded;
}

/** The texts of a file, and the names of what is not one: the rest of the file is as good as before. */
function readGroups(file: unknown): { groups: MessageGroups; refused: string[] } {
  if (!isRecord(file)) throw new TypeError('it must be an object of groups: { "GROUP": { "key": "text" } }');
  const groups: MessageGroups = {};
  const refused: string[] = [];
  for (const [group, texts] of Object.entries(file)) {
    if (!isRecord(texts)) {
      refused.push(group);
      continue;
    }
    const kept: Record<string, string> = {};
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text === 'string' || typeof text === 'number') kept[key] = String(text);
      else refused.push(`${group}.${key}`);
    }
    groups[group] = kept;
  }
  return { groups, refused };
}
