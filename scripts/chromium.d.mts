/** Path of a Chromium: CHROMIUM_PATH, the system's, or Playwright's own; undefined where there is none. */
export function findChromium(): string | undefined;
/** Launch options for Playwright. */
export function chromiumLaunchOptions(): { executablePath?: string; args: string[] };
