// Event stream clients of bench/package.json, beside those in bench/streamClients.ts. This file is JavaScript, because their
// types are there only once that package is installed.

import { Client } from '@langchain/langgraph-sdk';
import { SSEStreamSubscription } from '@trigger.dev/core/v3';
import { EventSource } from 'eventsource';
import ReconnectingEventSource from 'reconnecting-eventsource';

/** @type {Record<string, (baseUrl: string, onSeq: (seq: number) => void, signal: AbortSignal) => Promise<void>>} */
export const streamPeers = {
  '@langchain/langgraph-sdk': async (apiUrl, onSeq, signal) => {
    const client = new Client({ apiUrl, apiKey: null });
    for await (const { event, data } of client.runs.joinStream('t1', 'r1', { signal })) {
      onSeq(data.seq);
      if (event === 'succeeded') return;
    }
  },

  '@trigger.dev/core': async (baseUrl, onSeq, signal) => {
    const stream = await new SSEStreamSubscription(`${baseUrl}/tasks/t1/events`, { signal }).subscribe();
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onSeq(value.chunk.seq);
      if (value.chunk.type === 'succeeded') {
        await reader.cancel();
        return;
      }
    }
  },

  'reconnecting-eventsource': (baseUrl, onSeq, signal) =>
    new Promise((resolve) => {
      const source = new ReconnectingEventSource(`${baseUrl}/tasks/t1/events`, {
        eventSourceClass: EventSource,
      });
      const end = () => {
        source.close();
        resolve();
      };
      for (const name of ['progress', 'succeeded']) {
        source.addEventListener(name, (event) => {
          onSeq(JSON.parse(event.data).seq);
          if (name === 'succeeded') end();
        });
      }
      signal.addEventListener('abort', end);
    }),
};
