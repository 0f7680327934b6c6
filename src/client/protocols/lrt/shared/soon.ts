/**
 * Calls back once what is under way has happened, to gather changes. In a page that is shown this takes a few
 * milliseconds. A hidden page's timers are throttled to one a second, so a message is awaited there.
 */
export function soon(callback: () => void): void {
  if (typeof MessageChannel !== 'function' || !globalThis.document?.hidden) {
    setTimeout(callback, 5);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(0);
}

/** Calls back once, soon, however often it is asked until then. */
export function onceSoon(callback: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    soon(() => {
      isAsked = false;
      callback();
    });
  };
}
