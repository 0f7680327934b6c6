// Answers whether the user looks at this tab, and whether they look at any tab of the application.

/** Each tab that is looked at holds this lock, together with the others. A tab that is closed or breaks lets go of it. */
const LOCK = 'lrt-plugin:looked-at';
const EVENTS = ['focus', 'blur', 'visibilitychange', 'pagehide', 'pageshow', 'freeze', 'resume'];

/** True where the tab is in front and its window has the focus. */
export const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();

/**
 * Calls back when the user begins or ceases to look at this tab, and lets the other tabs know. Returns what ends it.
 *
 * @example
 * const stop = watchLookedAt((isLookedAt) => { if (isLookedAt) title.show({}); });
 */
export function watchLookedAt(changed: (isLookedAt: boolean) => void): () => void {
  let known = false;
  let letGo: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(now: boolean): void {
    if (now === known) return;
    known = now;
    letGo?.();
    letGo = now ? hold() : undefined;
    changed(now);
  }
  function onEvent({ type }: Event): void {
    clearTimeout(timer);
    // A page that holds a lock cannot be kept for the way back.
    if (type === 'pagehide' || type === 'freeze') set(false);
    // The focus that goes into a frame of the page leaves the page for an instant.
    else if (type === 'blur') timer = setTimeout(() => set(isLookedAt()));
    else set(isLookedAt());
  }
  for (const type of EVENTS) globalThis.addEventListener(type, onEvent, { capture: true });
  set(isLookedAt());
  return () => {
    clearTimeout(timer);
    for (const type of EVENTS) globalThis.removeEventListener(type, onEvent, { capture: true });
    letGo?.();
    letGo = undefined;
  };
}

/** Holds the lock until the returned function is called. */
function hold(): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Some pages, such as those of a frame without an origin, are refused locks. They count as not looked at.
  locks()
    ?.request(LOCK, { mode: 'shared' }, () => held)
    .catch(() => undefined);
  return release;
}

/** Resolves with true where the user looks at any tab of the application. Never rejects. */
export async function isAnyTabLookedAt(): Promise<boolean> {
  if (isLookedAt()) return true;
  try {
    const state = await locks()?.query();
    return state?.held?.some(({ name }) => name === LOCK) ?? false;
  } catch {
    return false;
  }
}

/** Runs the callback while no other tab runs one of the same name. Runs it at once where the browser has no locks. */
export async function inOneTab(name: string, run: () => Promise<void>): Promise<void> {
  const manager = locks();
  if (!manager) return run();
  await manager.request(`lrt-plugin:${name}`, run);
}

/** Absent in pages that are not secure, whatever the types say. */
function locks(): LockManager | undefined {
  return globalThis.navigator && 'locks' in navigator ? navigator.locks : undefined;
}
