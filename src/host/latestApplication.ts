import type { ApplicationView } from './ApplicationView.ts';

// Newest last. Plugin code written for one page with one application calls `renderReactNode` and `useLocale`
// without saying for which.
let applications: readonly ApplicationView[] = [];

export function addApplication(application: ApplicationView): void {
  applications = [...applications, application];
}

export function removeApplication(application: ApplicationView): void {
  applications = applications.filter((other) => other !== application);
}

/** The application that was created last and is not disposed. */
export function latestApplication(): ApplicationView | undefined {
  return applications.at(-1);
}
