import type { Logger } from '../observe/createLogger.ts';

/**
 * Waits until the process is asked to stop (SIGTERM, SIGINT), then stops it in order. A second signal ends it at
 * once. An error that nobody caught is logged and ends it at once too: a new process starts from what is stored. `done` resolves
 * with an exit code when there is nothing more to do; then it stops too.
 * @returns the exit code.
 */
export async function untilStopped(
  stop: () => Promise<void>,
  logger: Logger,
  done?: Promise<number>,
): Promise<number> {
  const { promise: received, resolve: receive } = Promise.withResolvers<string>();
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) {
      logger.warn({ signal }, 'asked to stop a second time: stopping at once');
      process.exit(1);
    }
    stopping = true;
    receive(signal);
  };
  const onAccident = (error: unknown) => {
    logger.error({ err: error }, 'an error that nothing caught: stopping at once');
    process.exit(1);
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  process.on('uncaughtException', onAccident).on('unhandledRejection', onAccident);
  try {
    const reason = await Promise.race([received, ...(done ? [done] : [])]);
    logger.info(typeof reason === 'string' ? { signal: reason } : {}, 'stopping');
    await stop();
    logger.info('stopped');
    return typeof reason === 'number' ? reason : 0;
  } catch (error) {
    logger.error({ err: error }, 'could not stop in order');
    return 1;
  } finally {
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
    process.off('uncaughtException', onAccident).off('unhandledRejection', onAccident);
  }
}
