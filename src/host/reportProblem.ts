/**
 * Makes a problem known without stopping what is going on: as an uncaught error where the platform has
 * `reportError` (window's error event, the developer tools, error trackers), else thrown on its own.
 */
export function reportProblem(problem: unknown): void {
  if (typeof reportError === 'function') {
    reportError(problem);
    return;
  }
  setTimeout(() => {
    throw problem;
  });
}

/** The text of whatever was thrown. */
export function describeProblem(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
