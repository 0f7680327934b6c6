import type { ConnectionState, SystemClient, TaskStream } from '../../../src/client/index.ts';
import type { TaskError, TaskProgress } from '../../../src/contract/index.ts';

/** What a user of the client sees of one task. */
export interface Seen {
  /** Successes, failures, cancellations and ends, in the order they were told. */
  endings: string[];
  connections: ConnectionState['state'][];
  reconnections: Extract<ConnectionState, { state: 'reconnecting' }>[];
  progress: TaskProgress[];
  /** Ids of what is drawn on the map. */
  drawn: Set<string>;
  /** Ids that were drawn although they were there already. */
  drawnTwice: string[];
  snapshots: number;
  logs: { level: string; message: string }[];
  result?: unknown;
  error?: TaskError;
  stream: TaskStream;
  ended: Promise<void>;
}

export function followTask(client: SystemClient, id: string | number): Seen {
  const ended = Promise.withResolvers<void>();
  const seen: Omit<Seen, 'stream'> = {
    endings: [],
    connections: [],
    reconnections: [],
    progress: [],
    drawn: new Set(),
    drawnTwice: [],
    snapshots: 0,
    logs: [],
    ended: ended.promise,
  };
  const stream = client.streamTaskProgress(id, {
    onProgress: (progress) => seen.progress.push(progress),
    onSuccess(result) {
      seen.endings.push('success');
      seen.result = result;
    },
    onFailure(error) {
      seen.endings.push('failure');
      seen.error = error;
    },
    onCancelled: () => seen.endings.push('cancelled'),
    onEnd() {
      seen.endings.push('end');
      ended.resolve();
    },
    onLog: (entry) => seen.logs.push(entry),
    onSnapshot() {
      seen.snapshots++;
    },
    onFeatures(features, { replace }) {
      if (replace) seen.drawn.clear();
      for (const feature of features) {
        if (seen.drawn.has(feature.id)) seen.drawnTwice.push(feature.id);
        seen.drawn.add(feature.id);
      }
    },
    onConnection(state) {
      seen.connections.push(state.state);
      if (state.state === 'reconnecting') seen.reconnections.push(state);
    },
  });
  return Object.assign(seen, { stream });
}
