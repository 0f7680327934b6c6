import type { TestProject } from 'vitest/node';
import { serveHarness } from '../../harness/serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the plain page of the harness is served. */
    harnessUrl: string;
    /** Where its pages are built: see `servePages`. */
    harnessFolder: string;
  }
}

/** One build of the harness for all end-to-end tests. Other tests begin meanwhile. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, folder, close } = await serveHarness({ soon: true });
  project.provide('harnessUrl', url);
  project.provide('harnessFolder', folder);
  return close;
}
