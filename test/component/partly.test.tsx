// Tests how the parts show a task whose items failed in part, its log, and the parameters that it ignored.
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../harness/fakeSystem.ts';
import type { TaskItem, TaskSnapshot } from '../../src/contract/index.ts';
import { settled } from '../support/dialog/settled.ts';

/** Eight poles, of which two could not be inspected. */
const ITEMS = Array.from({ length: 8 }, (_, index): TaskItem => {
  const id = `pole/${index + 1}`;
  if (index !== 2 && index !== 6) return { id, ok: true };
  return {
    id,
    code: 'no-access',
    message: `${id} stands behind a fence`,
    geometry: { type: 'Point', coordinates: [0.1, 52.2] },
  };
});

/** A panel that follows a running task, on a server that says what the test tells it to. */
async function follow({ language = 'en', ...snapshot }: Partial<TaskSnapshot> & { language?: string } = {}) {
  const system = createFakeSystem();
  system.add({ name: 'inspect_poles', ...snapshot }).run();
  const session = createTaskSession({
    app: { system: system.client },
    taskName: 'inspect_poles',
    pluginId: 'inspectPoles',
  });
  onTestFinished(() => session.dispose());
  const map = { fitBounds: vi.fn<(bounds: readonly number[]) => void>() };
  render(
    <MessagesProvider app={{}} group="INSPECT_POLES" language={language}>
      <TaskPanel session={session} setup={<p>ready</p>} map={map} />
    </MessagesProvider>,
  );
  await session.restore();
  await screen.findByRole('progressbar');
  return { system, task: system.task, map, user: userEvent.setup() };
}

test('says how many items failed and why, shows them on the map, and runs them again', async () => {
  const { system, task, map, user } = await follow();
  task.items(ITEMS);
  task.succeed('inspected');
  await screen.findByRole('heading', { name: '2 of 8 failed' });
  const failures = within(await screen.findByRole('region', { name: 'What failed' }));
  expect(failures.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'pole/3pole/3 stands behind a fenceno-accessShow on map',
    'pole/7pole/7 stands behind a fenceno-accessShow on map',
  ]);

  await user.click(failures.getByRole('button', { name: 'Show on map: pole/7' }));
  expect(map.fitBounds.mock.calls[0]?.[0].map((side) => side.toFixed(4))).toEqual([
    '0.0995',
    '52.1995',
    '0.1005',
    '52.2005',
  ]);

  await settled();
  await user.click(screen.getByRole('button', { name: 'Retry 2 failed' }));
  await screen.findByRole('progressbar');
  expect(system.calls.filter(({ method }) => method === 'retryTask').map(({ args }) => args)).toEqual([
    [task.id, { items: 'failed' }],
  ]);
  system.task.run();
  system.task.succeed('inspected');
  await screen.findByRole('heading', { name: 'Done' });
});

test('says why the failed items could not be run again', async () => {
  const { system, task, user } = await follow();
  task.items(ITEMS);
  task.succeed();
  system.refuse('retryTask', { code: 'rate-limited', message: 'busy', retryAfterSeconds: 5 });
  const again = await screen.findByRole('button', { name: 'Retry 2 failed' });
  await settled();
  await user.click(again);
  expect((await screen.findByRole('alert')).textContent).toContain('Try again in 5 sec.');
});

test('names the parameters that the task ignored, as a warning in its log', async () => {
  const { task, user } = await follow({ ignoredParams: ['lng', 'lat'] });
  task.log('info', 'The inspection begins');
  const toggle = await screen.findByRole('button', { name: 'Log · 1 warning' });
  expect(screen.queryByRole('region', { name: 'Log' })).toBeNull();
  await user.click(toggle);
  const log = within(await screen.findByRole('region', { name: 'Log' }));
  expect(log.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    ' Warning The task does not know these parameters and ran without them: lng, lat',
    expect.stringMatching(/Note The inspection begins$/),
  ]);
  // The server's own warning is English. The user's language takes its place.
  task.log('warning', 'This task does not know the parameters "lng", "lat". It runs without them.');
  await waitFor(() =>
    expect(log.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/Note The inspection begins$/),
      expect.stringMatching(
        /Warning The task does not know these parameters and ran without them: lng, lat$/,
      ),
    ]),
  );
});

test.each([
  ['de', '2 von 8 fehlgeschlagen', '2 erneut versuchen'],
  ['ar', /^فشل .+ من .+$/, 'إعادة العنصرين الفاشلين'],
])('says it in %s', async (language, heading, again) => {
  const { task } = await follow({ language });
  task.items(ITEMS);
  task.succeed();
  await screen.findByRole('heading', { name: heading });
  await screen.findByRole('button', { name: again });
});

test('an item has words of its own for its code, and no words of an error of the server', async () => {
  const { task } = await follow();
  task.items([{ id: 'pole/847', code: 'not-found', message: 'Another planner deleted pole 847' }]);
  task.succeed();
  await screen.findByText('Another planner deleted pole 847');
});

test('thousands of failures are shown a hundred at a time, and those that nobody kept are counted', async () => {
  const { task } = await follow();
  const ids = Array.from({ length: 1_005 }, (_, index) => `pole/${index}`);
  task.items(ids.map((id) => ({ id, code: 'no-access', message: 'A fence is in the way' })));
  task.succeed();
  await screen.findByRole('heading', { name: '1,005 of 1,005 failed' });
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(100));
  screen.getByText('5 further failures are not listed.');
  await userEvent.click(screen.getByText('Show 100 more'));
  expect(screen.getAllByRole('listitem')).toHaveLength(200);
  expect(screen.queryByText('Show on map')).toBeNull();
});

test('of a long log the newest two hundred entries are shown, the newest last', async () => {
  const { task } = await follow();
  for (let entry = 1; entry <= 250; entry += 1) task.log('info', `entry ${entry}`);
  task.log('error', 'the last one');
  await userEvent.click(await screen.findByRole('button', { name: /^Log/ }));
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(200));
  expect(screen.getAllByRole('listitem').at(-1)?.textContent).toMatch(/Error the last one$/);
});

test.each([
  ['en', 'design-conflict', 'The design was changed by someone else in the meantime. Try again.'],
  ['de', 'design-not-found', 'Der Entwurf existiert nicht mehr.'],
  ['fr', 'pin-in-use', 'Un port nécessaire à la tâche est déjà occupé.'],
])('any plugin has words in %s for what may go wrong with a design: %s', async (language, code, words) => {
  const { task } = await follow({ language });
  task.fail({ code, message: 'no' });
  await screen.findByText(words);
});
