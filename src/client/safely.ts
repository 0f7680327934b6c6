/** Calls a function that somebody else wrote. An error that it throws becomes an uncaught error of the page or process. */
export function safely(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
