/** Event stream clients that the benches compare, ours first. */

import { fetchEventSource } from '@microsoft/fetch-event-source';
import { EventSource } from 'eventsource';
import { createEventSource } from 'eventsource-client';
import { createTaskClient } from '../src/client/index.ts';
import { installPeers } from './installPeers.ts';

/** The name of our client among them. */
export const OURS = 'lrt-plugin/client';

/** Follows the stream until its end (or what the client takes for it), and reports every sequence number. */
export type Client = (baseUrl: string, onSeq: (seq: number) => void, signal: AbortSignal) => Promise<void>;

const seqOf = (data: string): number => (JSON.parse(data) as { seq: number }).seq;
const EVENT_NAMES = ['progress', 'succeeded'];

const clients: Record<string, Client> = {
  [OURS]: (baseUrl, onSeq, signal) =>
    new Promise((resolve) => {
      const stream = createTaskClient({ baseUrl }).streamTaskProgress('t1', {
        onProgress: (progress) => onSeq(progress.done ?? 0),
        onSuccess: () => onSeq(601),
        onEnd: resolve,
      });
      signal.addEventListener('abort', () => {
        stream.close();
        resolve();
      });
    }),

  eventsource: (baseUrl, onSeq, signal) =>
    new Promise((resolve) => {
      const source = new EventSource(`${baseUrl}/tasks/t1/events`);
      const end = () => {
        source.close();
        resolve();
      };
      for (const name of EVENT_NAMES) {
        source.addEventListener(name, (event) => {
          onSeq(seqOf(event.data));
          if (name === 'succeeded') end();
        });
      }
      signal.addEventListener('abort', end);
    }),

  '@microsoft/fetch-event-source': async (baseUrl, onSeq, signal) => {
    const controller = new AbortController();
    signal.addEventListener('abort', () => controller.abort());
    await fetchEventSource(`${baseUrl}/tasks/t1/events`, {
      signal: controller.signal,
      openWhenHidden: true,
      onmessage(message) {
        if (!message.data) return;
        onSeq(seqOf(message.data));
        if (message.event === 'succeeded') controller.abort();
      },
    });
  },

  'eventsource-client': (baseUrl, onSeq, signal) =>
    new Promise((resolve) => {
      const source = createEventSource({
        url: `${baseUrl}/tasks/t1/events`,
        onMessage(message) {
          onSeq(seqOf(message.data));
          if (message.event === 'succeeded') end();
        },
      });
      const end = () => {
        source.close();
        resolve();
      };
      signal.addEventListener('abort', end);
    }),
};

/** All clients by name, those of bench/package.json included, which are installed first. */
export async function openClients(): Promise<Record<string, Client>> {
  installPeers();
  lendBrowserGlobals();
  const { streamPeers } = await import('./streamPeers.mjs');
  return { ...clients, ...streamPeers };
}

/** fetch-event-source is written for the browser and needs these two globals. */
function lendBrowserGlobals(): void {
  Object.assign(globalThis, {
    window: globalThis,
    document: { hidden: false, addEventListener() {}, removeEventListener() {} },
  });
}
