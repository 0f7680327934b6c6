// Tests what a screen reader announces of a task: each change of its state at once, and seldom how far it is.
import { render, screen } from '@testing-library/react';
import { MessagesProvider, TaskAnnouncer, type TaskState } from 'lrt-plugin/parts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { taskState } from '../../../harness/parts/tasks.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Shows the task in one state after the other, with seconds between, and gives what was announced. */
function announce(states: readonly [seconds: number, task: Partial<TaskState>][]): string[] {
  const said: string[] = [];
  const { rerender } = render(<div />);
  for (const [seconds, given] of states) {
    vi.setSystemTime(Date.now() + seconds * 1000);
    rerender(
      <MessagesProvider app={{}} group="G" language="en">
        <TaskAnnouncer task={taskState(given)} />
      </MessagesProvider>,
    );
    const text = screen.getByRole('status').textContent ?? '';
    if (text !== said.at(-1)) said.push(text);
  }
  return said;
}

const at = (percent: number) => ({ progress: { percent, step: null, message: '' } });

test.each<[string, [seconds: number, percent: number][], string[]]>([
  [
    'not before 30 seconds are over',
    [
      [0, 0],
      [2, 24],
      [2, 60],
      [25, 70],
      [2, 71],
      [20, 99],
    ],
    ['Running, 0%', 'Running, 71%'],
  ],
  [
    'not before it is 25 percent more',
    [
      [0, 1],
      [31, 10],
      [31, 20],
      [31, 26],
      [31, 50],
      [31, 51],
    ],
    ['Running, 1%', 'Running, 26%', 'Running, 51%'],
  ],
])('further progress is announced %s', (_, steps, said) => {
  expect(announce(steps.map(([seconds, percent]) => [seconds, at(percent)]))).toEqual(said);
});

test('a change of the state is announced at once, and so is a lost connection and its return', () => {
  const lost = { state: 'reconnecting', attempt: 1, retryAt: 0, reason: '' } as const;
  expect(
    announce([
      [0, { status: 'queued', ...at(0) }],
      [1, at(3)],
      [1, { ...at(4), connection: lost }],
      [1, at(5)],
      [1, { ...at(6), cancelRequested: true }],
      [1, { ...at(6), status: 'cancelled' }],
    ]),
  ).toEqual([
    'Waiting for a free worker',
    'Running, 3%',
    'Connection lost, trying again…',
    'Running, 5%',
    'Cancelling…, 6%',
    'Cancelled',
  ]);
});
