/**
 * Lets timers, requests and streams run before the caller continues. It posts a message and sets no timer: browsers
 * clamp setTimeout to 4 ms (and to a second in hidden tabs).
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
