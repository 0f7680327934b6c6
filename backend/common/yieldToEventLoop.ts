/**
 * Lets timers, requests and streams have their turn. A message rather than setTimeout, which browsers clamp to 4 ms
 * (and to a second in hidden tabs).
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
