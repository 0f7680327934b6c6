import { en as connectionEn } from '../customerConnection/en.ts';
import { enErrors as connectionErrors } from '../customerConnection/enErrors.ts';
import { en } from '../en.ts';
import { enErrors } from '../enErrors.ts';
import { en as handoverEn } from '../handover/en.ts';
import { en as monitorEn } from '../monitor/en.ts';
import { en as noticesEn } from '../notices/en.ts';
import { en as planEn } from '../plan/en.ts';
import { en as previewEn } from '../preview/en.ts';
import { en as runEn } from '../run/en.ts';
import { type CheckOptions, checkPacks, type PackProblem } from './checkPacks.ts';
import { type FoundPacks, findPacks, type PackSet } from './findPacks.ts';

/** The report of a check: one line for each finding. `failed`: one of them is an error. */
export interface CheckReport {
  text: string;
  failed: boolean;
}

type Finding = Omit<PackProblem, 'language'> & { file: string };

/** Our own English, by the folder that holds its packs. It is in two files each: errors are fetched on demand. */
export const englishByFolder: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // It has a group of its own, and some keys of the same names.
  'src/locales/plan': planEn,
  'src/locales': { ...en, ...enErrors },
  'src/locales/customerConnection': { ...connectionEn, ...connectionErrors },
  'src/locales/monitor': monitorEn,
  'src/locales/run': runEn,
  'src/locales/preview': previewEn,
  'src/locales/notices': noticesEn,
  'src/locales/handover': handoverEn,
};
/** All of it: what the group LRT of a host's message file may replace. */
const english = Object.assign({}, ...Object.values(englishByFolder));
/** The group of our texts in a host's message files. */
const OUR_GROUP = 'LRT';
/** Keys that are made of what a server says: it may say more than ours. */
const SERVER_KEYS = /^(error|item|problem|parameter|step)_/;

/**
 * Checks the packs among files and folders (see `findPacks`). Those without English beside them are compared with the
 * plugin's own, and so is the group LRT of a host's message files, which replaces only the keys that it has.
 *
 * @example
 * const { text, failed } = await checkFiles(['src/locales']);
 */
export async function checkFiles(paths: readonly string[], options: CheckOptions = {}): Promise<CheckReport> {
  return checkFound(await findPacks(paths), options);
}

export function checkFound({ sets, unreadable }: FoundPacks, options: CheckOptions = {}): CheckReport {
  const findings = unreadable.map((file): Finding => ({ ...file, key: '', severity: 'error' }));
  for (const set of sets) findings.push(...checkSet(set, options));
  const packs = sets.reduce((sum, set) => sum + Object.keys(set.packs).length, 0);
  if (packs + findings.length === 0) {
    const fix =
      'name them after their language, the English beside them (en.ts, de.ts), or give the file itself';
    findings.push({ file: '.', key: '', problem: 'there are no language packs', fix, severity: 'error' });
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const counts = [
    amount(packs, 'pack'),
    amount(errors, 'error'),
    amount(findings.length - errors, 'warning'),
  ];
  return { text: [...lines(findings), counts.join(', ')].join('\n'), failed: errors > 0 };
}

function checkSet({ group, packs, files }: PackSet, options: CheckOptions): Finding[] {
  let compared = options;
  if (group === OUR_GROUP) compared = { english, partial: true, open: SERVER_KEYS };
  else if (group === undefined && !Object.hasOwn(packs, 'en')) {
    compared = { english, open: SERVER_KEYS, ...options };
  }
  return checkPacks(packs, compared).map(({ language, key, ...problem }) => ({
    ...problem,
    key: [group, key].filter(Boolean).join('.'),
    file: files[language] ?? Object.values(files)[0] ?? '',
  }));
}

/** Under the name of each file what is wrong in it. */
function lines(findings: readonly Finding[]): string[] {
  const files = new Set(findings.map(({ file }) => file));
  return [...files].flatMap((name) => [
    name,
    ...findings
      .filter(({ file }) => file === name)
      .map(
        ({ key, problem, fix, severity }) =>
          `  ${severity.padEnd(7)}  ${[key, problem].filter(Boolean).join(' ')}: ${fix}`,
      ),
  ]);
}

const amount = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
