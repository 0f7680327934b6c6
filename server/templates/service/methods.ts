import { inThread, longRunning, quick, type ServiceMethod } from 'lrt-server/service';

/** The methods of this service, by the names that callers use. */
export const methods: Record<string, ServiceMethod> = {
  /** Answers at once. */
  QuickTask: quick(({ parameters }) => ({ hello: parameters.name ?? 'world' })),

  /** Works for a while, and waits in between: for files, databases or other programs. */
  LongProcess: longRunning(async ({ parameters, taskId }, { updateProgress, signal }) => {
    const steps = Number(parameters.steps ?? 10);
    for (let step = 1; step <= steps; step++) {
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 100));
      updateProgress((100 * step) / steps);
    }
    return { protocol: 's3', uri: `s3://bucket/${taskId}.json`, format: 'json' };
  }),

  /** Computes without pause, so it has a thread of its own. */
  Simulate: inThread(new URL('./simulate.ts', import.meta.url)),
};
