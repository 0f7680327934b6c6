import { afterEach, describe, expect, test, vi } from 'vitest';
import { joinJson, jsonOfText, jsonOfValue } from '../../../../backend/common/JsonText.ts';
import { EventLog } from '../../../../backend/tasks/EventLog.ts';
import { LoggedEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { newTask } from '../../../../backend/tasks/newTask.ts';
import type { GeoFeature, TaskEvent, TaskSnapshot } from '../../../../src/contract/index.ts';

const queued = newTask(
  { name: 'count', params: {}, ignored: [] },
  { name: 'count', queue: 'default' },
  'ann',
  undefined,
);
const running: TaskSnapshot = { ...queued, status: 'running', startedAt: queued.createdAt };

const feature = (id: string): GeoFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [0.1, 52.2] },
  properties: { table: 'pole' },
});

/** The events of a running task, as a process that made them has them, and as one that received their text. */
function events(): { made: LoggedEvent[]; received: LoggedEvent[] } {
  const head = (seq: number) => ({ taskId: queued.id, seq, at: '2026-01-01T00:00:00.000Z', attempt: 1 });
  const progress = (percent: number) => ({ percent, step: 1, message: `${percent} %` });
  const all: TaskEvent[] = [
    { ...head(2), type: 'features', features: [feature('pole/1'), feature('pole/2')] },
    { ...head(3), type: 'progress', progress: progress(10) },
    { ...head(4), type: 'items', items: [{ id: 'a', ok: true }] },
    { ...head(5), type: 'progress', progress: progress(20) },
    { ...head(6), type: 'log', level: 'info', message: 'half way' },
    { ...head(7), type: 'features', features: [] },
    { ...head(8), type: 'features', features: [feature('pole/3')] },
    { ...head(9), type: 'items', items: [{ id: 'b', code: 'no-pole', message: 'No pole is near' }] },
    { ...head(10), type: 'progress', progress: progress(30) },
  ];
  const received = all.map((event) => {
    const { taskId, seq, at, attempt, type, ...members } = event;
    const features =
      'features' in members ? jsonOfText<GeoFeature[]>(JSON.stringify(members.features)) : undefined;
    return LoggedEvent.ofText(
      { taskId, seq, at, attempt, type },
      JSON.stringify(members).slice(1, -1),
      features,
    );
  });
  return { made: all.map((event) => LoggedEvent.of(event)), received };
}

const nextAfter = (log: EventLog, seen: number | null) => log.next({ seen, liveFrom: 0 });

afterEach(() => vi.restoreAllMocks());

describe.each(['made', 'received'] as const)('events that were %s', (form) => {
  test('add up to the state, whenever somebody asks for it', () => {
    const asked = new EventLog(running, 100);
    const unasked = new EventLog(running, 100);
    for (const event of events()[form]) {
      asked.accept(event);
      unasked.accept(event);
      expect(asked.task.seq).toBe(event.seq);
    }
    expect(asked.task).toMatchObject({
      seq: 10,
      progress: { percent: 30 },
      items: { ok: 1, failed: 1, failures: [{ id: 'b' }] },
    });
    expect(unasked.task).toEqual(asked.task);
  });

  test('give whoever comes late a snapshot with everything that was built', () => {
    const log = new EventLog(running, 4);
    for (const event of events()[form]) log.accept(event);
    const snapshot = nextAfter(log, null);
    expect(snapshot?.event).toMatchObject({ type: 'snapshot', seq: 10, task: { progress: { percent: 30 } } });
    expect(snapshot?.features?.value.map(({ id }) => id)).toEqual(['pole/1', 'pole/2', 'pole/3']);
    expect(JSON.parse(snapshot?.json ?? '')).toEqual(snapshot?.event);
    expect(nextAfter(log, 1)).toBe(snapshot);
    expect(nextAfter(log, 9)?.seq).toBe(10);
  });

  test('say as text what they say as objects, character by character', () => {
    for (const event of events()[form]) expect(event.json).toBe(JSON.stringify(event.event));
  });
});

test('what came as text goes out as text: nothing is parsed while it is followed', () => {
  const { received } = events();
  const texts = received.map(({ json }) => json);
  const log = new EventLog(running, 100);
  const parse = vi.spyOn(JSON, 'parse');
  for (const event of received) log.accept(event);
  const at = { seen: 1, liveFrom: 0 };
  const sent: string[] = [];
  for (let next = log.next(at); next; next = log.next(at)) sent.push(next.json);
  expect(sent).toEqual(texts);
  expect(parse).not.toHaveBeenCalled();
});

test('the bar of a long task is read once, not with each event', () => {
  const log = new EventLog(running, 10_000);
  const parse = vi.spyOn(JSON, 'parse');
  for (let seq = 2; seq <= 1_000; seq++) {
    const progress = `"progress":{"percent":${seq / 10},"step":null,"message":""}`;
    const head = { taskId: queued.id, seq, at: queued.createdAt, attempt: 1, type: 'progress' as const };
    log.accept(LoggedEvent.ofText(head, progress));
  }
  expect(log.task).toMatchObject({ seq: 1_000, progress: { percent: 100 } });
  expect(parse).toHaveBeenCalledOnce();
});

test('after the terminal event the log takes nothing more and holds no features', () => {
  const log = new EventLog(running, 100);
  for (const event of events().received) log.accept(event);
  const end = { taskId: queued.id, seq: 11, at: queued.createdAt, attempt: 1 };
  expect(log.accept(LoggedEvent.ofText({ ...end, type: 'succeeded' }, '"result":{"n":1}'))).toBe(true);
  expect(log.hasEnded).toBe(true);
  expect(log.accept(LoggedEvent.ofText({ ...end, seq: 12, type: 'cancelled' }, ''))).toBe(false);
  expect(log.task).toMatchObject({ status: 'succeeded', result: { n: 1 }, finishedAt: end.at, seq: 11 });
  const late = nextAfter(log, null);
  expect(late?.seq).toBe(10);
  expect(late?.features).toBeUndefined();
});

test('lists join as values and as texts', () => {
  const joined = joinJson([jsonOfText<number[]>('[]'), jsonOfValue([1]), jsonOfText<number[]>('[2,3]')]);
  expect(joined.value).toEqual([1, 2, 3]);
  expect(joined.text).toBe('[1,2,3]');
  expect(joinJson([]).text).toBe('[]');
});
