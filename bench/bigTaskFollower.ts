import { createTaskClient } from '../src/client/index.ts';

/**
 * A child process of bigTask.ts. It follows the task all along, or reloads: it comes without a cursor, again and again. It
 * reports what it got when the task has ended.
 */

// When the bench is killed, this process ends too.
process.once('disconnect', () => process.exit());

/** A page that is reloaded is left again after so long. */
const RELOAD_MS = 300;
const [, , url = '', id = '', mode] = process.argv;
const client = createTaskClient({ baseUrl: url });

/** Says what a follower got. */
export interface Followed {
  features: number;
  succeeded: boolean;
  reloads: number;
}

function follow(forMs?: number): Promise<Followed> {
  const got: Followed = { features: 0, succeeded: false, reloads: 0 };
  return new Promise((resolve) => {
    const stream = client.streamTaskProgress(id, {
      onFeatures(features) {
        got.features += features.length;
      },
      onSuccess() {
        got.succeeded = true;
      },
      onEnd: () => resolve(got),
    });
    if (forMs === undefined) return;
    setTimeout(() => {
      stream.close();
      resolve(got);
    }, forMs);
  });
}

let got = await follow(mode === 'reload' ? RELOAD_MS : undefined);
for (let reloads = 1; mode === 'reload' && !got.succeeded; reloads++) {
  got = { ...(await follow(RELOAD_MS)), reloads };
}
process.send?.(got);
