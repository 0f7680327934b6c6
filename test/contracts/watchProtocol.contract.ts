import { createParser } from 'eventsource-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROBLEM_TYPE_PREFIX } from '../../src/contract/index.ts';
import type { RunningBackend } from './lrtProtocol.contract.ts';

interface SentEvent {
  event: string | undefined;
  id: string | undefined;
  data: Record<string, unknown>;
}

/** What the default protocol promises about lists and watches, whatever carries it. `start` is that of the LRT suite. */
export function declareWatchProtocolContract(name: string, start: () => Promise<RunningBackend>): void {
  describe(`${name}: watching over the LRT protocol`, () => {
    let backend: RunningBackend;
    let gateCount = 0;

    beforeEach(async () => {
      backend = await start();
    });
    afterEach(() => backend.close());

    const as = (owner: string | undefined) => (owner ? { Authorization: `Bearer ${owner}` } : undefined);
    const get = async (path: string, owner?: string) => {
      const headers = as(owner);
      return (await backend.fetch(`${backend.url}${path}`, { ...(headers && { headers }) })).json();
    };
    const post = (path: string, body: unknown, owner?: string) =>
      backend.fetch(`${backend.url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...as(owner) },
        body: JSON.stringify(body),
      });
    const run = async (task: string, params: object = {}, owner?: string, tags?: string[]) => {
      const response = await post('/tasks', { name: task, params, ...(tags && { tags }) }, owner);
      return (await response.json()) as { id: string };
    };

    /** The events of a response, as they come. Leaving the loop cancels the stream. */
    async function* sent(response: Response): AsyncGenerator<SentEvent> {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      const queue: SentEvent[] = [];
      const parser = createParser({
        onEvent: ({ event, id, data }) => queue.push({ event, id, data: JSON.parse(data) }),
      });
      const reader = response.body?.getReader();
      const decoder = new TextDecoder();
      try {
        for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
          parser.feed(decoder.decode(part.value, { stream: true }));
          yield* queue.splice(0);
        }
      } finally {
        await reader?.cancel();
      }
    }
    /** Everything up to the first event that is wanted. */
    async function until(response: Response, isWanted: (event: SentEvent) => boolean): Promise<SentEvent[]> {
      const stream = sent(response);
      try {
        return await next(stream, isWanted);
      } finally {
        await stream.return(undefined);
      }
    }
    /** The same of a stream that stays open. */
    async function next(stream: AsyncGenerator<SentEvent>, isWanted: (event: SentEvent) => boolean) {
      const events: SentEvent[] = [];
      for (let read = await stream.next(); !read.done; read = await stream.next()) {
        events.push(read.value);
        if (isWanted(read.value)) return events;
      }
      throw new Error(`the stream ended after ${JSON.stringify(events)}`);
    }
    const isStatus = (id: string, status: string) => (event: SentEvent) =>
      event.event === 'task' && expect.objectContaining({ id, status }).asymmetricMatch(event.data.task);

    test('a list says where a watch goes on; its stream begins with `watching` and brings tasks by name', async () => {
      const { tasks, watchCursor } = await get('/tasks');
      expect(tasks).toEqual([]);
      const stream = await post('/tasks/events', { filter: {}, after: watchCursor });
      expect(stream.headers.get('cache-control')).toBe('no-cache, no-transform');
      const { id } = await run('count', { to: 3 });
      const events = await until(stream, isStatus(id, 'succeeded'));
      expect(events[0]).toEqual({
        event: 'watching',
        id: undefined,
        data: { type: 'watching', cursor: watchCursor },
      });
      for (const { event, id: number, data } of events) {
        expect(number).toBeUndefined();
        expect(data).toMatchObject({ type: event, cursor: expect.any(String) });
      }
      expect(events.at(-1)?.data.task).not.toHaveProperty('result');
    });

    test('a watch goes on after the cursor of any event, and begins with reset after one that is unknown', async () => {
      const first = await run('count', { to: 1 });
      const stream = await post('/tasks/events', { filter: {} });
      const cursor = (await until(stream, ({ event }) => event === 'watching')).at(-1)?.data.cursor;
      const second = await run('count', { to: 1 });
      const events = await until(
        await post('/tasks/events', { filter: { name: 'count' }, after: cursor }),
        isStatus(second.id, 'succeeded'),
      );
      expect(events[0]?.data).toEqual({ type: 'watching', cursor });
      expect(JSON.stringify(events)).toContain(second.id);
      const unknown = await post('/tasks/events', { filter: {}, after: 'of-another-server' });
      const [reset] = await until(unknown, () => true);
      expect(reset?.data).toEqual({ type: 'watching', reset: true, cursor: expect.any(String) });
      expect(first.id).not.toBe(second.id);
    });

    test('one stream carries a watch and the events of tasks', async () => {
      const gate = `${name} ${gateCount++}`;
      const followed = await run('wait', { gate });
      const stream = await post('/tasks/events', {
        cursors: { [followed.id]: null },
        filter: { status: 'finished' },
      });
      await run('open', { gate });
      // The watch and the task's own events may come in either order.
      const isEnd = ({ event, data }: SentEvent) => event === 'succeeded' && data.taskId === followed.id;
      const isListed = isStatus(followed.id, 'succeeded');
      const wanted = new Set([isEnd, isListed]);
      const events = await until(stream, (received) => {
        for (const isWanted of wanted) if (isWanted(received)) wanted.delete(isWanted);
        return wanted.size === 0;
      });
      const ofTask = events.filter(({ data }) => data.taskId === followed.id && data.seq !== undefined);
      expect(ofTask.map(({ event }) => event)).toContain('succeeded');
      expect(ofTask.every(({ data }) => data.cursor === undefined)).toBe(true);
    });

    test('a list and a watch take every field of a filter; `gone` says what does not fit any more', async () => {
      const gate = `${name} ${gateCount++}`;
      const filter = { status: 'active', name: 'draw', q: 'draw', owner: 'me', tag: 'a', design: 'design/N' };
      const stream = sent(await post('/tasks/events', { filter: { ...filter, bbox: [179, 0, -179, 1] } }));
      await next(stream, ({ event }) => event === 'watching');
      const { id } = await run('draw', { gate, box: [-179.5, 0, -179.4, 1], design: 'design/N' }, undefined, [
        'a',
      ]);
      const other = await run('draw', { gate, box: [0, 0, 1, 1], design: 'design/N' }, undefined, ['a']);
      const query = `${new URLSearchParams(filter)}&bbox=179,0,-179,1`;
      await expect
        .poll(async () => (await get(`/tasks?${query}`)).tasks.map((task: { id: string }) => task.id))
        .toEqual([id]);
      const before = await next(stream, isStatus(id, 'running'));
      await run('open', { gate });
      const events = await next(stream, ({ event, data }) => event === 'gone' && data.taskId === id);
      expect([...before, ...events].some(isStatus(other.id, 'running'))).toBe(false);
      expect(events.at(-1)?.data.task).toMatchObject({ id, status: 'succeeded' });
      await stream.return(undefined);
    });

    test('nobody hears of the tasks of another owner', async () => {
      const stream = await post('/tasks/events', { filter: { status: 'active' } }, 'bob');
      const foreign = await run('count', { to: 5 }, 'ann');
      const own = await run('count', { to: 5 }, 'bob');
      const events = await until(stream, ({ event, data }) => event === 'gone' && data.taskId === own.id);
      expect(JSON.stringify(events)).not.toContain(foreign.id);
    });

    test.each<[unknown, string]>([
      [{}, 'cursors'],
      [{ after: 'x' }, 'after'],
      [{ cursors: {}, filter: {} }, 'cursors'],
      [{ filter: null }, 'filter'],
      [{ filter: [] }, 'filter'],
      [{ filter: 'all' }, 'filter'],
      [{ filter: {}, after: 7 }, 'after'],
      [{ filter: {}, after: '' }, 'after'],
      [{ filter: {}, after: 'x'.repeat(201) }, 'after'],
      [{ filter: {}, before: 'x' }, 'before'],
      [{ filter: { colour: 'red' } }, 'filter.colour'],
      [{ filter: { status: 'done' } }, 'filter.status'],
      [{ filter: { owner: 'ann' } }, 'filter.owner'],
      [{ filter: { name: 7 } }, 'filter.name'],
      [{ filter: { name: 'x'.repeat(101) } }, 'filter.name'],
      [{ filter: { q: 'x'.repeat(201) } }, 'filter.q'],
      [{ filter: { tag: ['a'] } }, 'filter.tag'],
      [{ filter: { design: 'x'.repeat(501) } }, 'filter.design'],
      [{ filter: { bbox: '1,2,3,4' } }, 'filter.bbox'],
      [{ filter: { bbox: [1, 2, 3] } }, 'filter.bbox'],
      [{ filter: { bbox: [1, 2, 3, null] } }, 'filter.bbox'],
      [{ filter: { bbox: [1, 2, 3, 91] } }, 'filter.bbox'],
      [{ filter: { bbox: [1, 3, 3, 2] } }, 'filter.bbox'],
    ])('refuses %j, and names %s', async (body, parameter) => {
      const response = await post('/tasks/events', body);
      expect(response.status).toBe(400);
      const problem = await response.json();
      expect(problem).toMatchObject({ type: `${PROBLEM_TYPE_PREFIX}invalid-request` });
      expect(problem.errors[0].parameter).toBe(parameter);
      expect(problem.detail.length).toBeLessThan(3_000);
    });

    test.each(['owner=ann', 'bbox=1,2,3', 'bbox=a,b,c,d', 'bbox=1,3,3,2', `tag=${'x'.repeat(101)}`])(
      'refuses ?%s of a list, and names it',
      async (query) => {
        const response = await backend.fetch(`${backend.url}/tasks?${query}`);
        expect(response.status).toBe(400);
        expect((await response.json()).errors[0].parameter).toBe(query.split('=')[0]);
      },
    );
  });
}
