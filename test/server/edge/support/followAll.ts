import { type EventStream, openEventStream } from '../../../../src/client/eventStream.ts';
import type { Connection } from '../../../../src/client/http.ts';
import { isTerminal } from '../../../../src/contract/index.ts';

interface Seen {
  seq: number;
  type: string;
}

/** Follows each task with a stream of its own and keeps the number of each event. */
export function followAll(tasksUrl: string, ids: readonly string[], connection: Connection) {
  const followers = ids.map((id) => follow(`${tasksUrl}/${id}/events`, connection));
  return {
    /** Resolves when the server has nothing more to send on any of the streams. */
    ended: Promise.all(followers.map(({ ended }) => ended)),
    problems: () =>
      followers.flatMap(({ problems }, i) => problems().map((problem) => `${ids[i]}: ${problem}`)),
    close() {
      for (const { stream } of followers) stream.close();
    },
  };
}

function follow(url: string, connection: Connection) {
  const seen: Seen[] = [];
  const errors: string[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const stream: EventStream = openEventStream(url, {
    ...connection,
    cursorParam: 'after',
    isTerminal: ({ event }) => isTerminal(event),
    onEvent: ({ event, id }) => void seen.push({ seq: Number(id), type: event }),
    onError: (error) => void errors.push(error.message),
    onConnection: ({ state }) => {
      if (state === 'closed') resolve();
    },
  });
  const problems = () => {
    const found = [...errors];
    for (const [i, { seq, type }] of seen.entries()) {
      const before = seen[i - 1];
      if (before && seq <= before.seq) found.push(`${type} ${seq} came after ${before.seq}`);
      else if (before && seq !== before.seq + 1 && type !== 'snapshot')
        found.push(`events between ${before.seq} and ${seq} are missing`);
    }
    const ends = seen.filter(({ type }) => isTerminal(type));
    if (ends.length !== 1 || ends[0]?.type !== 'succeeded')
      found.push(`it ended with ${ends.map(({ type }) => type).join(', ') || 'nothing'}`);
    return found;
  };
  return { stream, ended, problems };
}
