import { describe, expect, test } from 'vitest';
import { type EntryState, TaskEntry } from '../../../../backend/embedded/TaskEntry.ts';
import { EventLog } from '../../../../backend/tasks/EventLog.ts';
import { newTask } from '../../../../backend/tasks/newTask.ts';

function entryOf(): TaskEntry {
  const request = { name: 'count', params: {}, ignored: [] };
  const task = newTask(request, { name: 'count', queue: 'default' }, 'ann', undefined);
  return new TaskEntry({ log: new EventLog(task, 10), order: 1, fingerprint: 'f' });
}

const run = { decide: () => true, stop: () => {} };

const moves = {
  wait: (entry: TaskEntry) => entry.wait(),
  waitUntil: (entry: TaskEntry) => entry.waitUntil('2030-01-01T00:00:00Z'),
  begin: (entry: TaskEntry) => entry.begin(run),
  decideEnd: (entry: TaskEntry) => entry.decideEnd(),
  end: (entry: TaskEntry) => entry.end(),
  drop: (entry: TaskEntry) => entry.drop(),
};
type Move = keyof typeof moves;
const MOVES: Move[] = ['wait', 'waitUntil', 'begin', 'decideEnd', 'end', 'drop'];

/** How to get there, and which moves lead on from there. */
const STATES: [EntryState, path: Move[], onward: Partial<Record<Move, EntryState>>][] = [
  ['saving', [], { wait: 'waiting', waitUntil: 'waiting', decideEnd: 'ending', drop: 'dropped' }],
  ['dropped', ['drop'], {}],
  ['waiting', ['wait'], { begin: 'running', decideEnd: 'ending' }],
  ['running', ['wait', 'begin'], { wait: 'waiting', waitUntil: 'waiting', decideEnd: 'ending' }],
  ['ending', ['decideEnd'], { end: 'ended' }],
  ['ended', ['decideEnd', 'end'], {}],
];

describe('a task of the embedded engine', () => {
  describe.each(STATES)('that is %s', (state, path, onward) => {
    test.each(MOVES)('%s leads on as it may, or throws and changes nothing', (move) => {
      const entry = entryOf();
      for (const step of path) moves[step](entry);
      expect(entry.state).toBe(state);
      const next = onward[move];
      if (next) moves[move](entry);
      else expect(() => moves[move](entry)).toThrow(`is ${state} and cannot be`);
      expect(entry.state).toBe(next ?? state);
    });
  });

  test('has a run only while it runs, and a time only while it waits for it', () => {
    const entry = entryOf();
    entry.waitUntil('2030-01-01T00:00:00Z');
    expect(entry.record()).toMatchObject({ order: 1, dueAt: '2030-01-01T00:00:00Z' });
    entry.begin(run);
    expect([entry.run, entry.dueAt]).toEqual([run, undefined]);
    entry.waitUntil('2031-01-01T00:00:00Z');
    expect(entry.run).toBeUndefined();
    entry.decideEnd();
    entry.end();
    expect([entry.run, entry.dueAt]).toEqual([undefined, undefined]);
  });
});
