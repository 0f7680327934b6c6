/** Counts the events that are lost or doubled over cut connections, beside other EventSource clients. */

import { fetchEventSource } from '@microsoft/fetch-event-source';
import { EventSource } from 'eventsource';
import { createEventSource } from 'eventsource-client';
import { createTaskClient } from '../src/client/index.ts';
import { type Fault, startFaultyEventServer } from './faultyEventServer.ts';
import { main, median, type Row } from './row.ts';

const FAULTS: Fault[] = ['socket reset', 'clean EOF', 'duplicate replay'];
const ROUNDS = 3;
/** The stream takes 6 s. The bench gives up on a client that has not reported the end by then. */
const GIVE_UP_MS = 20_000;

/** Follows the stream until its end (or what the client takes for it), and reports every sequence number. */
type Client = (baseUrl: string, onSeq: (seq: number) => void, signal: AbortSignal) => Promise<void>;

const seqOf = (data: string): number => (JSON.parse(data) as { seq: number }).seq;
const EVENT_NAMES = ['progress', 'succeeded'];

const clients: Record<string, Client> = {
  'lrt-plugin/client': (baseUrl, onSeq, signal) =>
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

interface Outcome {
  lost: number;
  duplicated: number;
  longestGapMs: number;
}

async function follow(client: Client, baseUrl: string, eventCount: number): Promise<Outcome> {
  const seen = new Set<number>();
  let duplicated = 0;
  let longestGapMs = 0;
  let previous: number | undefined;
  const onSeq = (seq: number) => {
    const now = performance.now();
    if (previous !== undefined) longestGapMs = Math.max(longestGapMs, now - previous);
    previous = now;
    if (seen.has(seq)) duplicated += 1;
    seen.add(seq);
  };
  await client(baseUrl, onSeq, AbortSignal.timeout(GIVE_UP_MS));
  return { lost: eventCount + 1 - seen.size, duplicated, longestGapMs };
}

/** fetch-event-source is written for the browser and needs these two globals. */
function lendBrowserGlobals(): void {
  Object.assign(globalThis, {
    window: globalThis,
    document: { hidden: false, addEventListener() {}, removeEventListener() {} },
  });
}

export async function run(): Promise<Row[]> {
  lendBrowserGlobals();
  const rows: Row[] = [];
  for (const fault of FAULTS) {
    const outcomes = new Map<string, Outcome[]>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startFaultyEventServer(fault);
      await Promise.all(
        Object.entries(clients).map(async ([name, client]) => {
          const outcome = await follow(client, server.baseUrl(encodeURIComponent(name)), server.eventCount);
          outcomes.set(name, [...(outcomes.get(name) ?? []), outcome]);
        }),
      );
      await server.close();
    }
    for (const [name, rounds] of outcomes) {
      const ours = name === 'lrt-plugin/client';
      const title = `${fault}: ${name}`;
      const worst = (key: 'lost' | 'duplicated') => Math.max(...rounds.map((outcome) => outcome[key]));
      const gap = median(rounds.map((outcome) => outcome.longestGapMs));
      rows.push({
        name: `${title}, lost`,
        measured: worst('lost'),
        unit: 'of 601',
        ...(ours ? { max: 0 } : {}),
      });
      rows.push({
        name: `${title}, duplicated`,
        measured: worst('duplicated'),
        unit: 'events',
        ...(ours ? { max: 0 } : {}),
      });
      rows.push({
        name: `${title}, longest gap`,
        measured: gap,
        unit: 'ms',
        ...(ours && fault !== 'duplicate replay' ? { max: 150 } : {}),
      });
    }
  }
  return rows;
}

if (import.meta.main) await main(run);
