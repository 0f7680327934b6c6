import { describe, expect, it, vi } from 'vitest';
import { fakeTimeInEachTest, names, openPlayed, settle } from '../../support/client/openPlayed.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';

fakeTimeInEachTest();

describe('the end', () => {
  it('comes with the terminal event: nothing after it, nothing reconnects', async () => {
    const played = scriptedFetch('stream');
    const { stream, events, states } = openPlayed(played, { isTerminal: ({ event }) => event === 'done' });
    await settle();
    played.connection.send('id: 1\ndata: a\n\nevent: done\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(events.map(({ data }) => data)).toEqual(['a', 'b']);
    expect(names(states)).toEqual(['connecting', 'live', 'closed']);
    expect(stream.lastEventId).toBe('2');
    expect(played.connections).toHaveLength(1);
    expect(played.connection.cancelled).toBe(true);
  });

  it('close() within a handler drops what came in the same chunk', async () => {
    const played = scriptedFetch('stream');
    const seen: string[] = [];
    const { stream, states } = openPlayed(played, {
      onEvent({ data }) {
        seen.push(data);
        stream.close();
      },
    });
    await settle();
    played.connection.send('id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
    await settle();
    expect(seen).toEqual(['a']);
    expect(stream.lastEventId, 'b was not seen: it is to come again').toBe('1');
    expect(names(states), 'no handler is called after close()').toEqual(['connecting', 'live']);
    expect(played.connection.cancelled).toBe(true);
  });

  it('close() before the first connection asks for nothing', async () => {
    const played = scriptedFetch('stream');
    const { stream, states } = openPlayed(played);
    stream.close();
    stream.close();
    await settle();
    expect(played.connections).toEqual([]);
    expect(states).toEqual([]);
  });

  it.each([
    ['resolves', (resolve: (response: Response) => void) => resolve(new Response('x'))],
    ['rejects', (_: unknown, reject: (error: unknown) => void) => reject(new Error('late'))],
  ])('stays quiet where fetch %s after close()', async (_name, finish) => {
    let answered: Promise<Response> | undefined;
    let play = () => {};
    const { stream, states, errors } = openPlayed({
      fetch: () => {
        answered = new Promise((resolve, reject) => {
          play = () => finish(resolve, reject);
        });
        return answered;
      },
    });
    await settle();
    stream.close();
    play();
    await answered?.catch(() => {});
    await settle();
    expect(names(states)).toEqual(['connecting']);
    expect(errors).toEqual([]);
  });

  it('lets go of an answer that comes after close()', async () => {
    const cancel = vi.fn();
    let resolve = (_: Response) => {};
    const { stream, states } = openPlayed({
      fetch: () =>
        new Promise((given) => {
          resolve = given;
        }),
    });
    await settle();
    stream.close();
    resolve(
      new Response(new ReadableStream({ cancel }), { headers: { 'content-type': 'text/event-stream' } }),
    );
    await settle();
    expect(cancel).toHaveBeenCalledOnce();
    expect(names(states)).toEqual(['connecting']);
  });

  it('comes with the signal too', async () => {
    const controller = new AbortController();
    const played = scriptedFetch('stream');
    const { stream } = openPlayed(played, { signal: controller.signal });
    await settle();
    controller.abort();
    expect(stream.state).toEqual({ state: 'closed' });
    expect(played.connection.init.signal?.aborted).toBe(true);
    const late = openPlayed(played, { signal: controller.signal });
    await settle();
    expect(late.stream.state).toEqual({ state: 'closed' });
    expect(played.connections).toHaveLength(1);
  });
});

it('a handler that throws is reported and ends nothing', async () => {
  const reported: unknown[] = [];
  const spy = vi.spyOn(globalThis, 'queueMicrotask');
  spy.mockImplementation((run) => {
    void Promise.resolve()
      .then(run)
      .catch((error) => reported.push(error));
  });
  const played = scriptedFetch('stream');
  const seen: string[] = [];
  const { stream } = openPlayed(played, {
    onEvent({ data }) {
      seen.push(data);
      throw new Error(`handler of ${data}`);
    },
    onConnection() {
      throw new Error('state');
    },
  });
  await settle();
  played.connection.send('data: a\n\ndata: b\n\n');
  await settle();
  expect(seen).toEqual(['a', 'b']);
  expect(reported.map(String)).toEqual([
    'Error: state',
    'Error: state',
    'Error: handler of a',
    'Error: handler of b',
  ]);
  stream.close();
});
