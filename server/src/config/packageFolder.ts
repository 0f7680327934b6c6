import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The package's own folder. The sources and the built files are both two folders below it. */
export const PACKAGE_FOLDER = new URL('../../', import.meta.url);

/** True in the repository, where Node runs the TypeScript as it is. */
export const FROM_SOURCE = import.meta.url.endsWith('.ts');

/** '1.2.3' */
export function packageVersion(): string {
  const text = readFileSync(new URL('package.json', PACKAGE_FOLDER), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
