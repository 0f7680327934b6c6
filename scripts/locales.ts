import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { hostMessages } from '../src/host/hostMessages.ts';
import { type CheckReport, checkFound, englishByFolder } from '../src/locales/check/checkFiles.ts';
import { findPacks } from '../src/locales/check/findPacks.ts';

const PLACES = ['src/locales', 'harness', 'templates', 'examples', 'test/docs'];
const HOST = 'src/host/hostMessages.ts';

/** Checks every language pack of the repository: keys, placeholders, plural forms. */
export async function checkRepository(): Promise<CheckReport> {
  const found = await findPacks(PLACES.filter((place) => existsSync(place)));
  for (const { packs, files } of found.sets) {
    const english = englishByFolder[dirname(files.en ?? '')];
    if (english) packs.en = english;
  }
  for (const group of Object.keys(hostMessages.en ?? {})) {
    const packs = Object.entries(hostMessages).map(([language, file]) => [language, file[group]]);
    const files = Object.keys(hostMessages).map((language) => [language, HOST]);
    found.sets.push({ group, packs: Object.fromEntries(packs), files: Object.fromEntries(files) });
  }
  return checkFound(found);
}

if (import.meta.main) {
  const { text, failed } = await checkRepository();
  console.log(text);
  if (failed) process.exitCode = 1;
}
