import { onTestFinished } from 'vitest';

/** Takes the errors that nothing caught, in place of the test runner, until the test ends. */
export function catchUncaught(): { messages(): string[] } {
  const errors: Error[] = [];
  const others = process.listeners('uncaughtException');
  const take = (error: Error) => void errors.push(error);
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', take);
  onTestFinished(() => {
    process.off('uncaughtException', take);
    for (const listener of others) process.on('uncaughtException', listener);
  });
  return { messages: () => errors.map(({ message }) => message) };
}
