import type { TaskSnapshot } from '../../../src/client/index.ts';
import { problem, snapshot } from './startClient.ts';

interface Stream {
  cursors: Record<string, number | null>;
  send(text: string): void;
  end(): void;
  isOpen: boolean;
}

/** A request for events that the server was sent. */
export interface EventsRequest {
  method: string;
  path: string;
  cursors: Record<string, number | null>;
}

/**
 * A task server in this process, of which a test says each event. It keeps the events of each task, and sends what follows
 * a cursor, or a snapshot where there is none. A log entry's message is its own number.
 */
export function fakeEventServer() {
  const tasks = new Map<string, string[]>();
  const streams = new Set<Stream>();
  const requests: EventsRequest[] = [];
  /** Answers in place of the server. */
  let answer: ((request: EventsRequest) => Response | undefined | Promise<Response | undefined>) | undefined;

  const frame = (id: string, seq: number, type: string, rest: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ taskId: id, seq, at: '2026-01-01T00:00:00.000Z', attempt: 1, type, ...rest })}\n\n`;

  const append = (id: string, type: string, rest: object) => {
    const log = tasks.get(id);
    if (!log) throw new Error(`No task ${id}`);
    const text = frame(id, log.length, type, rest);
    log.push(text);
    for (const stream of streams) if (stream.isOpen && id in stream.cursors) stream.send(text);
  };

  const open = (cursors: Stream['cursors'], signal: AbortSignal | null | undefined): Response => {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const stream: Stream = {
          cursors,
          isOpen: true,
          send: (text) => controller.enqueue(encoder.encode(text)),
          end() {
            if (!stream.isOpen) return;
            stream.isOpen = false;
            streams.delete(stream);
            controller.close();
          },
        };
        streams.add(stream);
        signal?.addEventListener('abort', () => {
          if (!stream.isOpen) return;
          stream.isOpen = false;
          streams.delete(stream);
          controller.error(signal.reason);
        });
        stream.send(':\n\n');
        for (const [id, cursor] of Object.entries(cursors)) {
          const log = tasks.get(id) ?? [];
          const seq = log.length - 1;
          const state: Partial<TaskSnapshot> = { id, seq };
          if (cursor === null) stream.send(frame(id, seq, 'snapshot', { task: snapshot(state) }));
          else for (const text of log.slice(cursor + 1)) stream.send(text);
        }
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(`${input}`);
    const path = pathname.replace(/^\/api/, '');
    const method = init?.method ?? 'GET';
    const [, one = ''] = /^\/tasks\/(.+)\/events$/.exec(path) ?? [];
    const after = searchParams.get('after');
    const cursors =
      method === 'POST'
        ? JSON.parse(`${init?.body}`).cursors
        : { [one]: after === null ? null : Number(after) };
    const request = { method, path, cursors };
    requests.push(request);
    const given = await answer?.(request);
    if (given) return given;
    init?.signal?.throwIfAborted();
    const missing = Object.keys(cursors).filter((id) => !tasks.has(id));
    if (missing.length > 0) {
      return Response.json(problem('task-not-found', 404, { details: { taskIds: missing } }), {
        status: 404,
      });
    }
    return open(cursors, init?.signal);
  };

  return {
    fetch,
    requests,
    /** The paths of the streams that are open now. */
    open: () => [...streams].map(({ cursors }) => Object.keys(cursors).sort()),
    add: (...ids: string[]) => {
      for (const id of ids) tasks.set(id, [frame(id, 0, 'snapshot', { task: snapshot({ id, seq: 0 }) })]);
    },
    log: (id: string) => append(id, 'log', { level: 'info', message: `${tasks.get(id)?.length}` }),
    succeed: (id: string) => append(id, 'succeeded', { result: id }),
    /** Sends these bytes on each stream. */
    send: (text: string) => {
      for (const stream of streams) stream.send(text);
    },
    cut: () => {
      for (const stream of [...streams]) stream.end();
    },
    answerWith: (given: typeof answer) => {
      answer = given;
    },
  };
}

export type FakeEventServer = ReturnType<typeof fakeEventServer>;
