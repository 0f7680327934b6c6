// Tests how a user sees in the dialog what a task would do, and undoes and redoes what it did.
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { createFakeSystem, EXAMPLE_RESULT } from '../../harness/fakeSystem.ts';
import type { SystemClient } from '../../src/client/SystemClient.ts';
import type { GeoFeature, TaskError, TaskPreview } from '../../src/contract/index.ts';
import type { TaskOverlay } from '../../src/host/contract.ts';
import { feature, mountPlugin } from '../support/host/mountPlugin.ts';

const GHOST: GeoFeature = {
  type: 'Feature',
  id: 'wall_box/4503599627370497',
  geometry: { type: 'Point', coordinates: [0.12, 52.2] },
  properties: { table: 'wall_box' },
};
const PREVIEW: TaskPreview = {
  counts: [{ kind: 'wall_box', change: 'add', count: 2_000 }],
  features: [GHOST],
  featureTotal: 2_000,
  bill: [
    { item: 'splitter-64', unit: 'piece', quantity: 32 },
    { item: 'cable-16', unit: 'metre', quantity: 84_012 },
  ],
  remarks: [],
  duration: { lowSeconds: 9, highSeconds: 21, runs: 14 },
  exactParams: { design: 'design/Mill Road', pole_id: 12, count: 2_000, seed: 7 },
};

async function mounted(previewTask: SystemClient['previewTask'], language = 'en') {
  const system = createFakeSystem();
  const drawn = new Map<string, GeoFeature[]>();
  const settled: string[] = [];
  const overlay: TaskOverlay = {
    add: (id, features) => void drawn.set(id, features),
    settle: (id) => void settled.push(id),
    remove: (id) => void drawn.delete(id),
  };
  const client: SystemClient = { ...system.client, ...(previewTask && { previewTask }) };
  const { app, plugin } = await mountPlugin({ system: client, overlay, language });
  return { app, plugin, system, drawn, settled, user: userEvent.setup() };
}
const started = (system: ReturnType<typeof createFakeSystem>) =>
  system.calls.filter(({ method }) => method === 'enqueueTask').map(({ args }) => [args[0], args[1]]);

test('the preview is shown in words and on the map, and Create does exactly that', async () => {
  const asked: unknown[] = [];
  const { system, drawn, user } = await mounted(async (...call) => {
    asked.push(call.slice(0, 2));
    return PREVIEW;
  });
  await user.click(await screen.findByRole('button', { name: 'Preview' }));
  expect(await screen.findByText('Preview: nothing is built yet')).toBeTruthy();
  expect(screen.getByText('Wall boxes').nextElementSibling?.textContent).toBe('2,000 new');
  expect(screen.getByText('Time').nextElementSibling?.textContent).toBe('9 to 25 sec (From 14 earlier runs)');
  expect(screen.getByText('Splitters 64').nextElementSibling?.textContent).toBe('32');
  expect(screen.getByText('The map shows 1 of 2,000.')).toBeTruthy();
  expect([...drawn.values()]).toEqual([[GHOST]]);
  expect(asked).toEqual([
    ['customer_connection_task', { design: 'design/Mill Road', pole_id: 12, count: 2_000 }],
  ]);
  await user.click(screen.getByRole('button', { name: 'Create connections' }));
  await waitFor(() => expect(started(system)).toEqual([['customer_connection_task', PREVIEW.exactParams]]));
  await waitFor(() => expect([...drawn.keys()].filter((id) => id.startsWith('preview'))).toEqual([]));
});

test('other params take the preview away, and the dialog takes it with it', async () => {
  const { app, plugin, drawn, user } = await mounted(async () => PREVIEW);
  await user.click(await screen.findByRole('button', { name: 'Preview' }));
  await screen.findByText('Preview: nothing is built yet');
  app.setCurrentFeature(feature({ type: 'pole', id: 13, design: 'design/Mill Road' }));
  await waitFor(() => expect(screen.queryByText('Preview: nothing is built yet')).toBeNull());
  expect(drawn.size).toBe(0);
  await user.click(screen.getByRole('button', { name: 'Preview' }));
  await screen.findByText('Preview: nothing is built yet');
  expect(drawn.size).toBe(1);
  plugin.hideModal();
  await waitFor(() => expect(drawn.size).toBe(0));
});

test('a refusal is shown with its fix, and a task without a preview has no button', async () => {
  const refusal: TaskError = { code: 'too-far', message: 'Nothing is within reach: give a larger radius.' };
  const { user } = await mounted(async () => ({
    counts: [],
    features: [],
    featureTotal: 0,
    remarks: [],
    refusal,
  }));
  await user.click(await screen.findByRole('button', { name: 'Preview' }));
  expect(await screen.findByText('This would be refused')).toBeTruthy();
  expect(screen.getByText(refusal.message)).toBeTruthy();
});

test.each([
  ['whose client has no previews', undefined],
  [
    'whose server has none',
    async () => {
      throw { code: 'not-found', message: 'no such address' };
    },
  ],
])('a host %s has no button', async (_, previewTask) => {
  const { user } = await mounted(previewTask);
  await screen.findByRole('button', { name: 'Create connections' });
  const button = screen.queryByRole('button', { name: 'Preview' });
  if (button) await user.click(button);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Preview' })).toBeNull());
});

test('what was built is undone after a look at what that changes, and done again', async () => {
  const undoPreview: TaskPreview = {
    counts: [{ kind: 'wall_box', change: 'remove', count: 2_000 }],
    features: [GHOST],
    featureTotal: 1,
    remarks: [],
  };
  const { system, settled, drawn, user } = await mounted(async () => undoPreview);
  await user.click(await screen.findByRole('button', { name: 'Create connections' }));
  await waitFor(() => expect(system.tasks).toHaveLength(1));
  const { id } = system.task;
  system.task.succeed(EXAMPLE_RESULT);
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('2,000 removed')).toBeTruthy();
  expect(drawn.size).toBeGreaterThan(0);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(started(system)[1]).toEqual(['undo_task', { task: id }]));
  const undo = system.task;
  undo.succeed({});
  expect(await screen.findByText('Undone')).toBeTruthy();
  expect(settled).toContain(undo.id);
  await user.click(screen.getByRole('button', { name: 'Redo' }));
  await screen.findByText('2,000 removed');
  await user.click(screen.getByRole('button', { name: 'Redo' }));
  await waitFor(() => expect(started(system)[2]).toEqual(['undo_task', { task: undo.id }]));
});

test('where others have built on it, the records are listed, and only the rest can be undone', async () => {
  const refusal: TaskError = {
    code: 'undo-conflict',
    message: 'Others have built on a record.',
    details: { count: 1, records: [{ record: 'splice_closure/9', reason: 'refers', to: 'pole/31' }] },
  };
  const { system, user } = await mounted(async (_, params) => ({
    counts: [],
    features: [],
    featureTotal: 0,
    remarks: 'others' in params ? [{ code: 'undo-kept', message: '', details: { count: 1 } }] : [],
    ...(!('others' in params) && { refusal }),
  }));
  await user.click(await screen.findByRole('button', { name: 'Create connections' }));
  await waitFor(() => expect(system.tasks).toHaveLength(1));
  system.task.succeed(EXAMPLE_RESULT);
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Others have built on 1 record since:')).toBeTruthy();
  expect(screen.getByRole('listitem').textContent).toContain('splice_closure/9: refers to pole/31');
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Undo the rest' }));
  expect(await screen.findByText('1 record stays as it is, because others built on it.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(started(system)[1]?.[1]).toMatchObject({ others: 'keep' }));
});
