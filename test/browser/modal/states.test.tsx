import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { feature, mountPlugin, POLE } from '../../support/host/mountPlugin.ts';

const dialog = () => page.getByRole('dialog', { name: 'Customer connections' });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const create = () => button('Create connections');
const count = () => dialog().getByRole('textbox', { name: 'Connections' });
const heading = () => dialog().getByRole('heading');

beforeEach(() => page.viewport(1280, 800));

/** A running task, 62 % done. */
async function running(system = createFakeSystem()) {
  const mounted = await mountPlugin({ system: system.client });
  await create().click();
  await expect.poll(() => system.tasks.length).toBe(1);
  await expect.poll(() => system.task.followers).toBe(1);
  system.task.run({ percent: 61.7, step: 4, stepCount: 5, message: 'x', done: 1234, total: 2000 });
  await expect.element(heading()).toHaveTextContent('Running');
  return { system, ...mounted };
}

describe('before the task', () => {
  test('says what it does, and starts from the selected pole with the default count', async () => {
    const system = createFakeSystem();
    await mountPlugin({ system: system.client });
    await expect
      .element(dialog())
      .toMatchTextContent('Builds a fibre connection from a pole to each address');
    await expect.element(dialog()).toMatchTextContent('DesignMill Road');
    await expect.element(dialog()).toMatchTextContent('Starting polePOLE-0012');
    await expect.element(count()).toHaveValue('2000');
    await create().click();
    await expect.poll(() => system.calls[0]).toMatchObject({ method: 'listTasks' });
    await expect
      .poll(() => system.calls.find(({ method }) => method === 'enqueueTask')?.args.slice(0, 2))
      .toEqual(['customer_connection_task', { design: 'design/Mill Road', pole_id: 12, count: 2000 }]);
  });

  test.each([
    ['nothing is selected', null, 'Select a pole of a design on the map.'],
    [
      'something else is selected',
      feature({ type: 'address', name: '4 High Street' }),
      '4 High Street is not a pole. Select a pole of a design.',
    ],
    [
      'the pole is in master',
      feature({ type: 'pole' }),
      'This pole is not part of a design. Select a pole that is.',
    ],
    [
      'only a design is selected',
      feature({ type: 'design', name: 'Mill Road' }),
      'Select the pole of this design to start from.',
    ],
  ])('Create is disabled and says why when %s', async (_, selected, reason) => {
    await mountPlugin({ system: createFakeSystem().client, selected });
    await expect.element(create()).toBeDisabled();
    await expect.element(dialog()).toMatchTextContent(reason);
    await expect.element(create()).toHaveAccessibleDescription(reason);
  });

  test('Create is disabled where the application has no task server, until it has one', async () => {
    const { app, plugin } = await mountPlugin();
    await expect.element(create()).toBeDisabled();
    await expect.element(dialog()).toMatchTextContent('This application is not connected to a task server.');
    app.system = createFakeSystem().client;
    plugin.showModal();
    await expect.element(create()).toBeEnabled();
  });

  test('follows the selection on the map', async () => {
    const { app } = await mountPlugin({ system: createFakeSystem().client, selected: null });
    await expect.element(create()).toBeDisabled();
    app.setCurrentFeature(POLE);
    await expect.element(create()).toBeEnabled();
    app.setCurrentFeatureSet([POLE, feature({ type: 'pole', id: 13 })]);
    await expect.element(create()).toBeDisabled();
  });

  test.each(['0', '-1', '1.5', '1e9', 'abc', '', '100001'])('refuses %o as a count', async (text) => {
    await mountPlugin({ system: createFakeSystem().client });
    await count().fill(text);
    await expect.element(create()).toBeDisabled();
    await expect.element(count()).toHaveAccessibleDescription('Enter a whole number from 1 to 100,000.');
  });

  test('reads a count as it is written in the language, and Enter creates', async () => {
    const system = createFakeSystem();
    await mountPlugin({ system: system.client, language: 'de' });
    const input = page.getByRole('textbox', { name: 'Anschlüsse' });
    await input.fill('1.500');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => system.tasks[0]?.snapshot.params.count).toBe(1500);
  });

  test('a design offers its poles where the application can list them', async () => {
    const system = createFakeSystem();
    const listPoles = vi.fn(async () => [
      { id: 4, title: 'POLE-0004' },
      { id: 5, title: 'POLE-0005' },
    ]);
    await mountPlugin({
      system: system.client,
      selected: feature({ type: 'design', name: 'Mill Road' }),
      options: { listPoles },
    });
    await expect.element(create()).toBeDisabled();
    await dialog().getByRole('combobox', { name: 'Starting pole' }).selectOptions('POLE-0005');
    await create().click();
    await expect
      .poll(() => system.tasks[0]?.snapshot.params)
      .toEqual({
        design: 'design/Mill Road',
        pole_id: 5,
        count: 2000,
      });
    expect(listPoles).toHaveBeenCalledWith('design/Mill Road');
  });

  test.each([
    ['has none', async () => [], 'This design has no poles yet. Add one, then select it.'],
    [
      'cannot be read',
      async () => {
        throw new Error('no database');
      },
      'The poles of this design could not be read. Select a pole on the map.',
    ],
  ])('says so when a design %s', async (_, listPoles, reason) => {
    await mountPlugin({
      system: createFakeSystem().client,
      selected: feature({ type: 'design', name: 'Mill Road' }),
      options: { listPoles },
    });
    await expect.element(dialog()).toMatchTextContent(reason);
  });
});

describe('a start that is refused', () => {
  test.each([
    [
      'validation',
      {
        code: 'invalid-params',
        message: 'no',
        details: { available: 1200 },
        parameters: [
          { parameter: 'count', code: 'too-many', message: 'too many' },
          { parameter: 'pole_id', code: 'in-other-design', message: 'in other' },
          { parameter: 'colour', code: 'strange', message: 'colour must be red' },
        ],
      },
      [
        'The server did not accept these values.',
        'Number of connections: only 1,200 addresses are left to connect.',
        'Pole: part of another design.',
        'colour must be red',
      ],
    ],
    [
      'too many requests',
      { code: 'rate-limited', message: 'slow down', retryAfterSeconds: 12 },
      ['The server is busy: too many requests.', 'Try again in 12 sec.'],
    ],
    [
      'a server error',
      { code: 'internal', message: 'disk full' },
      ['The server had an error of its own.', 'The server says: disk full'],
    ],
    ['no network', { code: 'network', message: 'Failed to fetch' }, ['The server cannot be reached.']],
    [
      'an HTML answer',
      { code: 'invalid-response', message: 'text/html' },
      ['The answer did not come from a task server.'],
    ],
    ['an error without a code', new Error('the host says no'), ['the host says no']],
    ['something that is no error', 'nope', ['nope']],
  ])('by %s is explained, and can be tried again', async (_, error, texts) => {
    const system = createFakeSystem();
    system.refuse('enqueueTask', error);
    await mountPlugin({ system: system.client });
    await create().click();
    const alert = dialog().getByRole('alert');
    await expect.element(alert).toMatchTextContent('The task was not started');
    for (const text of texts) await expect.element(alert).toMatchTextContent(text);
    await create().click();
    await expect.poll(() => system.tasks.length).toBe(1);
    await expect.element(heading()).toHaveTextContent('Waiting for a free worker');
    await expect.element(alert).not.toBeInTheDocument();
  });

  test('a second click while the first is under way starts nothing', async () => {
    const system = createFakeSystem();
    const release = system.hold();
    await mountPlugin({ system: system.client });
    await create().click();
    await button('Starting…').click({ force: true });
    release();
    await expect.element(heading()).toBeInTheDocument();
    expect(system.tasks).toHaveLength(1);
  });
});

describe('while the task runs', () => {
  test('shows status, step, amount, percent, times and the line to the server', async () => {
    await running();
    for (const text of [
      'Step 4 of 5 · Connecting addresses',
      '1,234 / 2,000 addresses connected',
      '61%',
      'Elapsed',
      'Remaining',
      'Live',
    ]) {
      await expect.element(dialog()).toMatchTextContent(text);
    }
    await expect.element(dialog().getByRole('progressbar', { name: 'Progress of the task' })).toBeVisible();
  });

  test("uses the server's words for what it does not know", async () => {
    const system = createFakeSystem();
    system.add({ name: 'customer_connection_task' });
    system.task.run({ percent: null, step: 9, message: 'Polishing the poles' });
    await mountPlugin({ system: system.client });
    await expect.element(dialog()).toMatchTextContent('Step 9');
    await expect.element(dialog()).toMatchTextContent('Polishing the poles');
  });

  test('a stream that ends without the end of the task is looked at again, not run again', async () => {
    const { system } = await running();
    system.task.fail({ code: 'unauthorized', message: 'token expired' });
    await expect.element(heading()).toHaveTextContent('The task is out of sight');
    await expect.element(dialog()).toMatchTextContent('You are signed out. Sign in again.');
    await expect.element(button('Try again')).not.toBeInTheDocument();
    system.task.run({ percent: 80, done: 1600, total: 2000 });
    await button('Look again').click();
    await expect.element(dialog()).toMatchTextContent('1,600 / 2,000 addresses connected');
    expect(system.tasks).toHaveLength(1);
  });

  test('says when the line is lost, when it tries again, and when it is back', async () => {
    const { system } = await running();
    system.task.connection({
      state: 'reconnecting',
      attempt: 2,
      retryAt: Date.now() + 60_000,
      reason: 'reset',
    });
    await expect.element(dialog()).toMatchTextContent(/Connection lost, trying again in (1 min|59 sec)/);
    await expect.element(dialog()).toMatchTextContent(/as of \d/);
    system.task.connection({ state: 'live' });
    await expect.element(dialog()).toMatchTextContent('Live');
  });

  test('says when the server lost the task and started it again', async () => {
    const { system } = await running();
    system.task.restart();
    await expect
      .element(dialog().getByRole('alert'))
      .toMatchTextContent('The server lost the task and started it again (attempt 2).');
  });

  test('Cancel task cancels, once the server says so', async () => {
    const { system } = await running();
    await button('Cancel task').click();
    await expect.element(button('Cancelling…')).toHaveAttribute('aria-disabled', 'true');
    expect(system.calls.filter(({ method }) => method === 'cancelTask')).toHaveLength(1);
    system.task.cancelled();
    await expect.element(heading()).toHaveTextContent('The task was cancelled');
    await expect.element(dialog()).toMatchTextContent('Nothing was stored.');
    await button('Start another').click();
    await expect.element(create()).toBeEnabled();
  });

  test('a cancellation that fails is explained, and the task runs on', async () => {
    const { system } = await running();
    system.refuse('cancelTask', { code: 'network', message: 'Failed to fetch' });
    await button('Cancel task').click();
    await expect.element(dialog().getByRole('alert')).toMatchTextContent('The task could not be cancelled');
    await expect.element(button('Cancel task')).toBeEnabled();
    system.task.succeed();
    await expect.element(heading()).toHaveTextContent('2,000 addresses connected');
  });
});

describe('when the task has ended', () => {
  test('success is summed up, and the map goes there', async () => {
    const { system, fitBounds } = await running();
    system.task.succeed();
    await expect.element(heading()).toHaveTextContent('2,000 addresses connected');
    for (const text of ['New poles31', 'Cables2,000', 'Length of cable84.0 km', 'Duration1 min 35 sec']) {
      await expect.element(dialog()).toMatchTextContent(text);
    }
    await button('Zoom to result').click();
    expect(fitBounds).toHaveBeenCalledWith([0.1, 52.19, 0.14, 52.21]);
    await button('Start another').click();
    await expect.element(create()).toBeEnabled();
  });

  test('the percentage reaches 100', async () => {
    const { system } = await running();
    system.task.progress({ percent: 100, done: 2000 });
    await expect.element(dialog()).toMatchTextContent('100%');
    await expect.element(dialog().getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
  });

  test('a result that is not ours is shown as it is', async () => {
    const { system } = await running();
    system.task.succeed('Operation completed successfully');
    await expect.element(heading()).toHaveTextContent('Done');
    await expect.element(dialog()).toMatchTextContent('Operation completed successfully');
    await expect.element(button('Zoom to result')).not.toBeInTheDocument();
  });

  test.each([
    [
      'timeout',
      { code: 'timeout', message: 'after 600 s' },
      'The task took longer than it may and was stopped.',
    ],
    ['exception', { code: 'exception', message: 'TypeError: x' }, 'The server says: TypeError: x'],
    ['an unknown code', { code: 'volcano', message: 'The volcano erupted' }, 'The volcano erupted'],
  ])('failure by %s is explained, and Try again runs it again', async (_, error, text) => {
    const { system } = await running();
    system.task.fail(error);
    await expect.element(heading()).toHaveTextContent('The task failed');
    await expect.element(dialog()).toMatchTextContent(text);
    await expect.element(dialog()).toMatchTextContent('Nothing was stored.');
    await button('Try again').click();
    await expect.element(heading()).toHaveTextContent('Waiting for a free worker');
    expect(system.task.snapshot).toMatchObject({
      retryOf: 'task-1',
      params: { design: 'design/Mill Road', pole_id: 12, count: 2000 },
    });
  });

  test('a retry that is refused is explained', async () => {
    const { system } = await running();
    system.task.fail({ code: 'timeout', message: 'late' });
    system.refuse('retryTask', { code: 'rate-limited', message: 'busy', retryAfterSeconds: 5 });
    await button('Try again').click();
    await expect.element(dialog().getByRole('alert')).toMatchTextContent('Try again in 5 sec.');
    await button('Back').click();
    await expect.element(create()).toBeEnabled();
  });
});

describe('with a host that has the two required methods only', () => {
  test('the task runs to its end, without a Cancel', async () => {
    const system = createFakeSystem({ minimal: true });
    await running(system);
    await expect.element(dialog()).toMatchTextContent('61%');
    await expect.element(button('Cancel task')).not.toBeInTheDocument();
    system.task.succeed('ok');
    await expect.element(heading()).toHaveTextContent('Done');
  });

  test('Try again starts the same task with the same params', async () => {
    const system = createFakeSystem({ minimal: true });
    await running(system);
    system.task.fail({ code: 'exception', message: 'broken' });
    await button('Try again').click();
    await expect.poll(() => system.tasks.length).toBe(2);
    expect(system.task.snapshot.params).toEqual({ design: 'design/Mill Road', pole_id: 12, count: 2000 });
  });
});
