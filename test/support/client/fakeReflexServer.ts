/** A task as the fake server sends it. */
export interface FakeTask {
  status: string;
  progress?: unknown;
  created_at?: unknown;
  [field: string]: unknown;
}

/** A WebSocket of a test, which says itself what happens to it. */
export class FakeSocket extends EventTarget {
  readonly url: string;
  readonly protocols: string[];
  /** The client has closed it. */
  isClosed = false;

  constructor(url: string, protocols: string[] = []) {
    super();
    this.url = url;
    this.protocols = protocols;
  }

  opens(): void {
    this.dispatchEvent(new Event('open'));
  }

  sends(message: unknown): void {
    const data =
      typeof message === 'string' || message instanceof ArrayBuffer ? message : JSON.stringify(message);
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  /** As from a server or the network. It may come long after the client has closed. */
  closes(code = 1006, reason = ''): void {
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }

  close(): void {
    this.isClosed = true;
  }
}

/**
 * A server of the Reflex protocol in this process, of which a test says each step. Calls are answered from `tasks`. `onSocket`
 * says what becomes of a WebSocket; by default it opens, and sends the state.
 */
export function fakeReflexServer() {
  const tasks: Record<string, FakeTask> = {};
  const sockets: FakeSocket[] = [];
  const calls: { path: string; authorization: string | null }[] = [];

  const server = {
    tasks,
    sockets,
    calls,
    /** Answers a call in place of the server. */
    answer: undefined as
      | ((path: string, request: Request) => Response | Promise<Response> | undefined)
      | undefined,
    onSocket: (socket: FakeSocket): void => {
      socket.opens();
      socket.sends(server.stateOf(socket.url));
    },
    get latest(): FakeSocket {
      const socket = sockets.at(-1);
      if (!socket) throw new Error('The client has opened no WebSocket');
      return socket;
    },
    /** Those that the client has not closed. */
    get open(): FakeSocket[] {
      return sockets.filter(({ isClosed }) => !isClosed);
    },
    stateOf(url: string): object {
      const id = idOf(url);
      if (id !== undefined) return { type: 'state_update', ...tasks[id] };
      return { type: 'state_update', active_tasks: [], all_tasks: tasks };
    },
    /** Changes a task, and sends the state to each WebSocket that is open. */
    set(id: string, task: Partial<FakeTask>): void {
      tasks[id] = { status: 'PROCESSING', created_at: 1_790_000_000, ...tasks[id], ...task };
      for (const socket of server.open) {
        const followed = idOf(socket.url);
        if (followed === undefined || followed === id) socket.sends(server.stateOf(socket.url));
      }
    },
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      calls.push({ path: pathname, authorization: request.headers.get('authorization') });
      const answer = await server.answer?.(pathname, request);
      if (answer) return answer;
      const id = idOf(request.url);
      if (id === undefined) return Response.json({ active_tasks: [], all_tasks: tasks });
      const task = tasks[id];
      return task ? Response.json(task) : Response.json({ detail: `Task ${id} not found` }, { status: 404 });
    },
    WebSocket: class extends FakeSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols);
        sockets.push(this);
        queueMicrotask(() => {
          if (!this.isClosed) server.onSocket(this);
        });
      }
    },
  };
  return server;
}

/** '/tasks/TOKEN/ID' and '/ws/tasks/TOKEN/ID' have one. */
function idOf(url: string): string | undefined {
  const [, id] = /\/tasks\/[^/]+\/([^/]+)$/.exec(new URL(url).pathname) ?? [];
  return id === undefined ? undefined : decodeURIComponent(id);
}
