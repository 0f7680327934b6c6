import type { HostApplication } from 'lrt-plugin/host';
import type { ParamsOf, ResultOf } from 'lrt-plugin/mocks';
import { createTaskSession, type TaskSession } from 'lrt-plugin/parts';
import type { placeClosures } from '../task/placeClosures.ts';

// Types only: the code of the task runs on the server, and in the backend of the tests.
type Params = ParamsOf<typeof placeClosures>;
type Result = ResultOf<typeof placeClosures>;

/** The task of the plugin, with the types of its params and of its result. */
export type PlaceClosuresSession = TaskSession<Params, Result>;

export function createPlaceClosuresSession(app: HostApplication): PlaceClosuresSession {
  return createTaskSession<Params, Result>({
    app,
    taskName: 'place_closures',
    pluginId: 'placeClosures',
    parseResult,
  });
}

/** The result comes from the network. A server of another version may send another one: the modal then shows no figures. */
function parseResult(result: unknown): Result {
  if (typeof result === 'object' && result !== null && 'placed' in result && 'skipped' in result) {
    const { placed, skipped } = result;
    if (typeof placed === 'number' && typeof skipped === 'number') return { placed, skipped };
  }
  throw new TypeError('The server sent a result of place_closures without numbers "placed" and "skipped"');
}
