/** Calls what somebody else wrote; what it throws becomes an uncaught error of the page or process, and ends nothing. */
export function safely(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
