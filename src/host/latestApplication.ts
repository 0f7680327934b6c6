import type { Application } from './Application.ts';

// Newest last. Plugin code written for one page with one application calls `renderReactNode` and `useLocale`
// without saying for which.
let applications: readonly Application[] = [];

export function addApplication(application: Application): void {
  applications = [...applications, application];
}

export function removeApplication(application: Application): void {
  applications = applications.filter((other) => other !== application);
}

/** The application that was created last and is not disposed. */
export function latestApplication(): Application | undefined {
  return applications.at(-1);
}
