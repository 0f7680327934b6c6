/** Finds what a run built, for the comparison of two runs: in the network, or in the log that the server keeps of the run. */
import { openEventStream } from '../../src/client/index.ts';
import { type GeoFeature, isTerminal } from '../../src/contract/index.ts';
import type { LoadFeatures } from '../../src/monitor/index.ts';
import type { HostBackend } from '../HostSession.ts';
import { featuresOfEvent, readFeatures } from '../map/readFeatures.ts';

/** Features on a page. */
const PAGE = 10_000;

/**
 * Asks the network, which knows the records of a run for as long as the task is kept. It knows none of a run that ended before the
 * server noted them, that failed, or that builds what is no record. Then the log may have them.
 */
export function loadBuiltFeatures(backend: HostBackend): LoadFeatures {
  const readLog = loadLoggedFeatures(backend);
  return async (task, options) => {
    const ask = (url: string) => backend.user.fetch(url, options.signal);
    const url = `${backend.baseUrl}/features?task=${encodeURIComponent(task.id)}&limit=${PAGE}`;
    const features = await readFeatures(ask, url);
    if (features.length === 0) return readLog(task, options);
    return { features, isComplete: features.length >= (task.built?.count ?? 0) };
  };
}

/**
 * Reads the events of a task from the first one on. A server keeps the newest events of a task that ended not long ago: where that log was cut, only a
 * part of the features comes. It keeps none of an older task, and then nobody knows them.
 */
function loadLoggedFeatures({ baseUrl, user }: HostBackend): LoadFeatures {
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
