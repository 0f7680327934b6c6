// Tests partial success from the definition to the dialog: a real task on the mock backend reports items that failed,
// the user runs those again, and the task is given their ids and no others.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTaskClient } from 'lrt-plugin/client';
import { createMockBackend, defineTask, generateTown } from 'lrt-plugin/mocks';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { settled } from '../support/dialog/settled.ts';

const POLES = ['pole/1', 'pole/2', 'pole/3', 'pole/4', 'pole/5'];
const town = generateTown({ addresses: 20 });

/** A task that inspects five poles. Those that stand behind a fence fail until somebody opens it. */
function inspection() {
  const fenced = new Set(['pole/2', 'pole/4']);
  const inspected: string[][] = [];
  const task = defineTask({
    name: 'inspect_poles',
    params: z.strictObject({ district: z.string() }),
    unknownParams: 'ignore',
    async execute(_params, { items = POLES, progress, log }) {
      inspected.push([...items]);
      for (const id of items) {
        const failure = { id, code: 'no-access', message: `${id} stands behind a fence` };
        await progress({ items: [fenced.has(id) ? failure : { id, ok: true }] });
      }
      log('info', 'The inspection ended');
      return `Poles visited: ${items.length}`;
    },
  });
  return { task, fenced, inspected };
}

test('the items that failed are listed, and only those run again', async () => {
  const { task, fenced, inspected } = inspection();
  const backend = await createMockBackend({ town, tasks: [task] });
  const session = createTaskSession({
    app: { system: createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch }) },
    taskName: task.name,
    pluginId: 'inspectPoles',
  });
  onTestFinished(async () => {
    session.dispose();
    await backend.close();
  });
  render(
    <MessagesProvider app={{}} group="INSPECT_POLES" language="en">
      <TaskPanel session={session} setup={<p>ready</p>} />
    </MessagesProvider>,
  );
  const user = userEvent.setup();

  // The page's author sends a parameter that the task does not know.
  await session.start({ district: 'North', zoom: 17 });
  await screen.findByRole('heading', { name: '2 of 5 failed' });
  const failed = await screen.findByRole('region', { name: 'What failed' });
  expect(
    within(failed)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['pole/2pole/2 stands behind a fenceno-access', 'pole/4pole/4 stands behind a fenceno-access']);
  await user.click(screen.getByRole('button', { name: 'Log · 1 warning' }));
  const log = await screen.findByRole('region', { name: 'Log' });
  expect(log.textContent).toMatch(/Warning.*without them: zoom/);

  fenced.delete('pole/2');
  await settled();
  await user.click(screen.getByRole('button', { name: 'Retry 2 failed' }));
  await screen.findByRole('heading', { name: '1 of 2 failed' });

  fenced.clear();
  await settled();
  await user.click(screen.getByRole('button', { name: 'Retry 1 failed' }));
  await screen.findByText('Poles visited: 1');
  expect(screen.getByRole('heading', { name: 'Done' })).toBeTruthy();
  expect(inspected).toEqual([POLES, ['pole/2', 'pole/4'], ['pole/4']]);
});
