import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type * as Client from '../../../src/client/index.ts';
import type { ConnectionState, TaskClientOptions } from '../../../src/client/index.ts';
import { type FakeEventServer, fakeEventServer } from './fakeEventServer.ts';

/** A channel of a tab that can hang: it then neither reads nor sends, as in a page whose script is busy. */
class HangingChannel extends BroadcastChannel {
  static all: HangingChannel[] = [];
  #held: (() => void)[] | undefined;

  constructor(name: string) {
    super(name);
    HangingChannel.all.push(this);
  }

  hang(): void {
    this.#held = [];
  }

  goOn(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const act of held) act();
  }

  override postMessage(message: unknown): void {
    if (this.#held) this.#held.push(() => super.postMessage(message));
    else super.postMessage(message);
  }

  override set onmessage(handle: (event: MessageEvent) => void) {
    super.onmessage = (event) => {
      if (this.#held) this.#held.push(() => handle(event as MessageEvent));
      else handle(event as MessageEvent);
    };
  }
}

/** What one follower of a task was given. */
export interface Followed {
  /** The log entries by their numbers, the state at the start as 'state'. */
  seen: string[];
  outcome: unknown[];
  states: ConnectionState['state'][];
  close(): void;
}

export interface Tab {
  client(options?: Partial<TaskClientOptions>): Client.SystemClient;
  follow(taskId: string, client?: Client.SystemClient): Followed;
  closeAll(): void;
}

let copies = 0;

/**
 * Makes this process look like the pages of one origin: each tab has a copy of the client of its own, and Node's own
 * locks and channels join them.
 */
export function openTabsInEachTest() {
  const context: { server: FakeEventServer; page: EventTarget } = {
    server: fakeEventServer(),
    page: new EventTarget(),
  };
  const tabs: Tab[] = [];
  const { locks } = navigator;
  let bundled = '';

  beforeAll(async () => {
    const entry = join(import.meta.dirname, '../../../src/client/index.ts');
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
    bundled = outputFiles[0]?.text ?? '';
  });
  beforeEach(() => {
    context.server = fakeEventServer();
    context.page = new EventTarget();
    HangingChannel.all = [];
    vi.stubGlobal('document', { hidden: false, baseURI: 'http://app.test/' });
    vi.stubGlobal('addEventListener', context.page.addEventListener.bind(context.page));
    vi.stubGlobal('removeEventListener', context.page.removeEventListener.bind(context.page));
    vi.stubGlobal('BroadcastChannel', HangingChannel);
    vi.stubGlobal('fetch', (...call: Parameters<typeof fetch>) => context.server.fetch(...call));
  });
  afterEach(async () => {
    for (const tab of tabs.splice(0)) tab.closeAll();
    await vi.waitFor(async () => {
      const { held, pending } = await locks.query();
      if (held?.length || pending?.length)
        throw new Error(`Locks are left: ${JSON.stringify({ held, pending })}`);
    });
    vi.unstubAllGlobals();
  });

  async function openTab(): Promise<Tab> {
    const url = `data:text/javascript,${encodeURIComponent(`${bundled}// ${++copies}`)}`;
    const { createTaskClient }: typeof Client = await import(/* @vite-ignore */ url);
    const followed: Followed[] = [];
    const client = (options: Partial<TaskClientOptions> = {}) =>
      createTaskClient({ baseUrl: 'http://app.test/api', ...options });
    const usual = client();
    const tab: Tab = {
      client,
      follow(taskId, by = usual) {
        const seen: string[] = [];
        const outcome: unknown[] = [];
        const states: ConnectionState['state'][] = [];
        const stream = by.streamTaskProgress(taskId, {
          onSnapshot: () => void seen.push('state'),
          onLog: ({ message }) => void seen.push(message),
          onSuccess: (result) => void outcome.push(result),
          onFailure: (error) => void outcome.push(error),
          onConnection: ({ state }) => void states.push(state),
        });
        const one = { seen, outcome, states, close: () => stream.close() };
        followed.push(one);
        return one;
      },
      closeAll() {
        for (const one of followed) one.close();
      },
    };
    tabs.push(tab);
    return tab;
  }

  return { context, openTab, channels: () => HangingChannel.all };
}

/** Waits until the follower has the state and is connected. */
export async function live(followed: Followed): Promise<void> {
  await vi.waitFor(() => {
    if (!followed.seen.includes('state')) throw new Error('No state yet');
  });
}
