/** Counts the events that are lost or doubled over cut connections, beside other EventSource clients. */

import { type Fault, startFaultyEventServer } from './faultyEventServer.ts';
import { main, median, type Row } from './row.ts';
import { type Client, OURS, openClients } from './streamClients.ts';

const FAULTS: Fault[] = ['socket reset', 'clean EOF', 'duplicate replay'];
const ROUNDS = 3;
/** The stream takes 6 s. The bench gives up on a client that has not reported the end by then. */
const GIVE_UP_MS = 20_000;

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
  // A peer that gives up rejects: it has lost what it has not delivered by then.
  await client(baseUrl, onSeq, AbortSignal.timeout(GIVE_UP_MS)).catch(() => {});
  return { lost: eventCount + 1 - seen.size, duplicated, longestGapMs };
}

export async function run(): Promise<Row[]> {
  const clients = await openClients();
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
      const ours = name === OURS;
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
