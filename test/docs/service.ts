import { longRunning, quick, serveService } from 'lrt-server/service';

/** Starts a service with two methods. `QuickTask` answers at once, and `LongProcess` goes on after its answer. */
export const startService = (port: number) =>
  serveService({
    port,
    methods: {
      QuickTask: quick(({ parameters }) => ({ hello: parameters.name })),
      LongProcess: longRunning(async ({ taskId, parameters }, { updateProgress, signal }) => {
        const steps = Number(parameters.steps);
        for (let step = 1; step <= steps; step++) {
          signal.throwIfAborted();
          await new Promise((resolve) => setTimeout(resolve, 10));
          updateProgress((100 * step) / steps);
        }
        return { protocol: 's3', uri: `s3://bucket/${taskId}.json`, format: 'json' };
      }),
    },
  });
