// Double-clicks every button of every phase with a real mouse, and holds Enter on it, while the server moves the task
// on at once: only the first activation may count, and the dialog stays as it is.
import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem, type FakeSystem, type FakeTask } from '../../../harness/fakeSystem.ts';
import { mountPlugin } from '../../support/host/mountPlugin.ts';

const dialog = () => page.getByRole('dialog', { name: 'Customer connections' });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
/** As long as a person takes between pressing and releasing, in milliseconds. */
const PRESS_MS = 60;
/** So many that the phase changes while the key is held. */
const REPEATS = 40;

const LOST = { code: 'unauthorized', message: 'token expired' };
const EXCEPTION = { code: 'exception', message: 'broken' };

/** What the server may say of a task as soon as it is followed, and how the dialog then shows it. */
const NEXT: Record<string, { says(task: FakeTask): void; shown: string }> = {
  queued: { says: () => {}, shown: 'Waiting for a free worker' },
  running: { says: (task) => task.run({ percent: 10 }), shown: 'Running' },
  succeeded: { says: (task) => task.succeed(), shown: '2,000 addresses connected' },
  'succeeded in part': {
    says(task) {
      task.items([{ id: 'address/1', code: 'too-far', message: 'too far' }]);
      task.succeed();
    },
    shown: '1 of 1 failed',
  },
  failed: { says: (task) => task.fail(EXCEPTION), shown: 'The task failed' },
  cancelled: { says: (task) => task.cancelled(), shown: 'The task was cancelled' },
  'out of sight': { says: (task) => task.fail(LOST), shown: 'The task is out of sight' },
};

/** How each phase is reached from a running task. */
const PHASES: Record<string, (task: FakeTask) => void> = {
  running: () => {},
  succeeded: (task) => task.succeed(),
  'succeeded in part': (task) => {
    task.items([{ id: 'address/1', code: 'too-far', message: 'too far' }]);
    task.succeed();
  },
  failed: (task) => task.fail(EXCEPTION),
  'out of sight': (task) => task.fail(LOST),
  cancelled: (task) => task.cancelled(),
};

/** Each button, the call that it makes, and the phases that may follow at once. */
const BUTTONS: [phase: string, button: string, call: string | undefined, next: string[]][] = [
  ['setup', 'Create connections', 'enqueueTask', Object.keys(NEXT)],
  ['running', 'Cancel task', 'cancelTask', ['succeeded', 'failed', 'cancelled', 'out of sight']],
  ['failed', 'Try again', 'retryTask', Object.keys(NEXT)],
  ['succeeded in part', 'Retry 1 failed', 'retryTask', Object.keys(NEXT)],
  ['out of sight', 'Look again', undefined, Object.keys(NEXT).slice(1)],
  ['succeeded', 'Start another', undefined, ['setup']],
  ['failed', 'Back', undefined, ['setup']],
  ['out of sight', 'Back', undefined, ['setup']],
  ['cancelled', 'Start another', undefined, ['setup']],
];
const PAIRS = BUTTONS.flatMap(([phase, name, call, next]) =>
  next.map((then) => ({ phase, name, call, then })),
);
type Pair = (typeof PAIRS)[number];

/** The dialog in a phase, before a server that moves on to the next one as soon as it is asked. */
async function openIn({ phase, name, call, then }: Pair) {
  const system = createFakeSystem();
  let armed = false;
  const moveOn = (task: FakeTask | undefined) => {
    if (armed && task && task.snapshot.status !== 'succeeded') NEXT[then]?.says(task);
    if (task) armed = false;
  };
  const { streamTaskProgress, cancelTask } = system.client;
  Object.assign(system.client, {
    streamTaskProgress(...args: Parameters<typeof streamTaskProgress>) {
      const stream = streamTaskProgress(...args);
      queueMicrotask(() => moveOn(system.tasks.at(-1)));
      return stream;
    },
    async cancelTask(id: string) {
      await cancelTask?.(id);
      moveOn(system.task);
    },
  });
  if (phase !== 'setup') system.add();
  await mountPlugin({ system: system.client, motion: true });
  if (phase !== 'setup') {
    await expect.poll(() => system.tasks[0]?.followers).toBe(1);
    system.task.run({ percent: 5 });
    PHASES[phase]?.(system.task);
    // It is found as the server knows it by now: the stream is what was lost.
    if (phase === 'out of sight') system.task.run({ percent: 6 });
  }
  await expect.element(button(name)).toBeEnabled();
  // The buttons of a phase that has just begun do nothing.
  await expect.poll(() => document.querySelector('[data-settling]')).toBeNull();
  armed = true;
  return { system, callsBefore: callsOf(system).length, call };
}

/** The calls by which a user changes something. */
function callsOf(system: FakeSystem): string[] {
  return system.calls
    .map(({ method }) => method)
    .filter((method) => ['enqueueTask', 'cancelTask', 'retryTask'].includes(method));
}

/** Whether each press of the mouse met the dialog. */
function watchPresses(): boolean[] {
  const met: boolean[] = [];
  const note = ({ target }: MouseEvent) =>
    met.push(target instanceof Node && dialog().element().contains(target));
  window.addEventListener('mousedown', note, true);
  onTestFinished(() => window.removeEventListener('mousedown', note, true));
  return met;
}

async function expectOneActivation(
  { system, callsBefore, call }: Awaited<ReturnType<typeof openIn>>,
  pair: Pair,
) {
  const shown = NEXT[pair.then]?.shown;
  if (shown) await expect.element(dialog().getByRole('heading')).toHaveTextContent(shown);
  else await expect.element(button('Create connections')).toBeVisible();
  // What a second activation would have started is under way by now.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(callsOf(system).slice(callsBefore)).toEqual(call ? [call] : []);
  if (shown) await expect.element(dialog().getByRole('heading')).toHaveTextContent(shown);
  else await expect.element(button('Create connections')).toBeVisible();
}

test.each(PAIRS)('a double-click on $name ($phase) counts once when the task is then $then', async (pair) => {
  const opened = await openIn(pair);
  const met = watchPresses();
  await userEvent.dblClick(button(pair.name), { delay: PRESS_MS });
  await expectOneActivation(opened, pair);
  expect(met).toEqual([true, true]);
});

/** Keys go the same way as clicks, so one phase that follows each button is enough. */
const ONE_EACH = PAIRS.filter(
  ({ phase, name }, i) => PAIRS.findIndex((pair) => pair.phase === phase && pair.name === name) === i,
);

test.each(ONE_EACH)('Enter held on $name ($phase) counts once when the task is then $then', async (pair) => {
  const opened = await openIn(pair);
  const element = button(pair.name).element();
  if (!(element instanceof HTMLElement)) throw new Error('The button is no HTML element');
  element.focus();
  const repeats: boolean[] = [];
  const note = ({ repeat }: KeyboardEvent) => repeats.push(repeat);
  window.addEventListener('keydown', note, true);
  onTestFinished(() => window.removeEventListener('keydown', note, true));
  await userEvent.keyboard(`{Enter>${REPEATS}/}`);
  expect(repeats).toEqual([false, ...Array<boolean>(REPEATS - 1).fill(true)]);
  await expectOneActivation(opened, pair);
});
