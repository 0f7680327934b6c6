import { cleanup, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { endedRun } from '../../../harness/run/runs.ts';
import { UNDO_TASK, undoTag } from '../../../src/contract/index.ts';
import { MessagesProvider } from '../../../src/parts/index.ts';
import { UndoRun } from '../../../src/parts/UndoRun.tsx';

/** Shows a run after so many undos, each of the one before. */
function shown(undos: number) {
  const { client } = createFakeSystem();
  const system = {
    ...client,
    previewTask: async () => ({ counts: [], features: [], featureTotal: 0, remarks: [] }),
    listTasks: async ({ tag = '' } = {}) => ({
      tasks: Array.from({ length: undos }, (_, i) => {
        const of = i === 0 ? 'run-12' : `undo-${i}`;
        return endedRun({ id: `undo-${i + 1}`, name: UNDO_TASK, tags: [undoTag(of)], owner: 'Mara' });
      }).filter(({ tags }) => tags.includes(tag)),
    }),
  };
  render(
    <MessagesProvider app={{}} group="LRT">
      <UndoRun app={{ system }} taskId="run-12" />
    </MessagesProvider>,
  );
}

test('a run that was undone offers Redo; one that was done again offers Undo, also after a reload', async () => {
  shown(1);
  expect(await screen.findByRole('button', { name: 'Redo' })).toBeTruthy();
  expect(screen.getByText('Undone by Mara')).toBeTruthy();
  cleanup();
  shown(2);
  expect(await screen.findByRole('button', { name: 'Undo' })).toBeTruthy();
  expect(screen.queryByText('Undone by Mara')).toBeNull();
});
