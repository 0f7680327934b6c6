/** Finds what a run built from the log that the server keeps of it, for the comparison of two runs. */
import { openEventStream } from '../../src/client/index.ts';
import { type GeoFeature, isTerminal } from '../../src/contract/index.ts';
import type { LoadFeatures } from '../../src/monitor/index.ts';
import type { HostBackend } from '../HostSession.ts';
import { featuresOfEvent } from '../map/readFeatures.ts';

/**
 * Reads the events of a task from the first one on. A server keeps the newest events of a task that ended not long ago: where that log was cut, only a
 * part of the features comes. It keeps none of an older task, and then nobody knows them.
 */
export function loadBuiltFeatures({ baseUrl, user }: HostBackend): LoadFeatures {
  return (task, { signal }) =>
    new Promise((resolve, reject) => {
      const found = new Map<string, GeoFeature>();
      let heard = 0;
      const stream = openEventStream(`${baseUrl}/tasks/${encodeURIComponent(task.id)}/events?after=0`, {
        token: user.token,
        signal,
        isTerminal: ({ event }) => isTerminal(event),
        onEvent({ event, data }) {
          for (const feature of featuresOfEvent(data)) {
            found.set(feature.id, feature);
            heard += 1;
          }
          if (!isTerminal(event)) return;
          stream.close();
          const known = task.built?.count ?? heard;
          resolve(
            heard === 0 && known > 0
              ? undefined
              : { features: [...found.values()], isComplete: heard >= known },
          );
        },
        onError: reject,
      });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
}
