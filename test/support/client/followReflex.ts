import {
  type ConnectionState,
  createReflexClient,
  type ReflexClientOptions,
  type TaskError,
  type TaskSnapshot,
} from '../../../src/client/index.ts';
import type { fakeReflexServer } from './fakeReflexServer.ts';

/** A client of a fake server, with the client token 'tab-1'. */
export function reflexClientOf(
  server: ReturnType<typeof fakeReflexServer>,
  options: Partial<ReflexClientOptions> = {},
) {
  return createReflexClient({
    baseUrl: 'http://reflex.test/api/',
    clientToken: 'tab-1',
    fetch: server.fetch,
    webSocket: server.WebSocket,
    ...options,
  });
}

/** Follows a task of a fake server, and keeps what the client reported. */
export function followReflex(
  server: ReturnType<typeof fakeReflexServer>,
  id: string,
  options: Partial<ReflexClientOptions> = {},
) {
  const percents: (number | null)[] = [];
  const messages: string[] = [];
  const snapshots: TaskSnapshot[] = [];
  const states: ConnectionState[] = [];
  const pauses: number[] = [];
  const logs: string[] = [];
  const failures: TaskError[] = [];
  const outcomes: string[] = [];
  const stream = reflexClientOf(server, options).streamTaskProgress(id, {
    onProgress({ percent, message }) {
      percents.push(percent);
      messages.push(message);
    },
    onSnapshot: (task) => void snapshots.push(task),
    onConnection(state) {
      states.push(state);
      if (state.state === 'reconnecting') pauses.push(state.retryAt - Date.now());
    },
    onLog: ({ message }) => void logs.push(message),
    onSuccess: () => void outcomes.push('success'),
    onFailure(error) {
      failures.push(error);
      outcomes.push('failure');
    },
    onCancelled: () => void outcomes.push('cancelled'),
    onEnd: () => void outcomes.push('end'),
  });
  return { stream, percents, messages, snapshots, states, pauses, logs, failures, outcomes };
}
