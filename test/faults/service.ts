import { setTimeout as delay } from 'node:timers/promises';
import { longRunning, serveService } from '../../server/src/service/index.ts';

/** A service that forgets its tasks when it dies. It tells its parent which one it has begun. */
const { url } = await serveService({
  port: Number(process.argv[2]),
  methods: {
    Compute: longRunning(async ({ parameters }, { signal, updateProgress }) => {
      process.send?.({ began: parameters.name });
      updateProgress(10);
      await delay(Number(parameters.ms), undefined, { signal });
      return { name: parameters.name };
    }),
  },
});
process.send?.({ url });
