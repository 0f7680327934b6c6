/** What every engine says of a task that nobody has started yet. */
import { describe, expect, test } from 'vitest';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { DESIGN } from '../support/tasks/definitions.ts';

const ann = { owner: 'ann' };

/** `parts` gives the engine of the test, and its store. */
export function declarePreviewContract(parts: () => { engine: TaskEngine; store: NetworkStore }): void {
  describe('a preview', () => {
    const preview = (name: string, params: Record<string, unknown> = {}, caller: Caller = ann) =>
      parts().engine.preview({ name, params }, caller);
    const everything = async () => (await parts().store.features({ design: DESIGN, limit: 1_000 })).features;

    test('says what would be there, and leaves nothing behind: no record, no name, no id', async () => {
      const { engine, store } = parts();
      const before = await everything();
      const first = await preview('write', { end: 'return' });
      expect(first).toMatchObject({
        counts: [{ kind: 'pole', change: 'add', count: 1 }],
        bbox: [0.003, 0.003, 0.003, 0.003],
        features: [{ geometry: { type: 'Point', coordinates: [0.003, 0.003] } }],
        featureTotal: 1,
        remarks: [],
      });
      expect(first).not.toHaveProperty('refusal');
      expect(first).not.toHaveProperty('duration');
      expect(await preview('write', { end: 'return' })).toEqual(first);
      expect(await everything()).toEqual(before);
      expect((await engine.list({}, ann)).tasks).toEqual([]);
      await store.createDesign({
        name: 'Other',
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
      });
      // The preview asked for this name.
      const other = store.begin();
      const poles = (await other.view('design/Other')).table('pole');
      expect(await poles.reserveName('NEW')).toBe(true);
      const { id } = await poles.insert({ properties: { name: 'NEW' } });
      await other.commit();
      const highest = Math.max(...before.map((feature) => Number(feature.id.split('/')[1])));
      // A store that takes ids in blocks may skip a few, and no preview's are among them.
      expect(id).toBeLessThan(highest + 100);
    });

    test('has the time of the runs before, and of nothing else', async () => {
      const { engine } = parts();
      const { task } = await engine.enqueue({ name: 'write', params: { end: 'return' } }, { owner: 'bob' });
      const events = engine.events({ cursors: { [task.id]: null } }, { caller: { owner: 'bob' } });
      for await (const event of events) if (event.type === 'succeeded') break;
      const { duration } = await preview('write', { end: 'return' });
      expect(duration).toMatchObject({ runs: 1 });
      expect(duration?.lowSeconds).toBeLessThan(duration?.highSeconds ?? 0);
      expect(Object.keys(duration ?? {})).toEqual(['lowSeconds', 'highSeconds', 'runs']);
    });

    test('says why a start would be refused: by the params, by the check, by the definition', async () => {
      const empty = { counts: [], features: [], featureTotal: 0, remarks: [] };
      expect(await preview('write', { end: 'up' })).toEqual({
        ...empty,
        refusal: expect.objectContaining({
          code: 'invalid-params',
          parameters: [expect.objectContaining({ parameter: 'end' })],
        }),
      });
      expect(await preview('checked', { pole: 99 })).toMatchObject({
        refusal: { code: 'invalid-params', parameters: [{ parameter: 'pole', code: 'not-found' }] },
      });
      expect(await preview('write', { end: 'throw' })).toMatchObject({ refusal: { code: 'no-use' } });
    });

    test('is refused where a start would not even be looked at', async () => {
      await expect(preview('nothing')).rejects.toMatchObject({ error: { code: 'unknown-task' } });
      await expect(preview('secret_task')).rejects.toMatchObject({ error: { code: 'forbidden' } });
      await expect(preview('secret_task', {}, { ...ann, permissions: ['plan'] })).rejects.toMatchObject({
        error: { code: 'no-preview' },
      });
      const kinds = await parts().engine.definitions(ann);
      expect(kinds.filter(({ hasPreview }) => hasPreview).map(({ name }) => name)).toEqual([
        'checked',
        'undo_task',
        'write',
      ]);
    });

    test('of one owner two are made at a time, and the next one when one of them is over', async () => {
      const giveUp = new AbortController();
      const waits = () =>
        parts().engine.preview({ name: 'write', params: { end: 'wait' } }, ann, { signal: giveUp.signal });
      const both = [waits(), waits()].map((made) => made.catch((reason: unknown) => reason));
      await expect
        .poll(() => preview('write', { end: 'return' }).catch(({ error }) => error.code))
        .toBe('rate-limited');
      expect(await preview('write', { end: 'return' }, { owner: 'bob' })).toMatchObject({ featureTotal: 1 });
      giveUp.abort('gone');
      expect(await Promise.all(both)).toEqual(['gone', 'gone']);
      expect(await preview('write', { end: 'return' })).toMatchObject({ featureTotal: 1 });
    });

    test('of many owners four are made at a time, and the others wait: in order, until they give up', async () => {
      const { engine } = parts();
      const giveUp = new AbortController();
      const four = ['a', 'b', 'c', 'd'].map((owner) =>
        engine
          .preview({ name: 'write', params: { end: 'wait' } }, { owner }, { signal: giveUp.signal })
          .catch((reason: unknown) => reason),
      );
      const impatient = new AbortController();
      const left = engine.preview(
        { name: 'write', params: { end: 'return' } },
        { owner: 'e' },
        { signal: impatient.signal },
      );
      const others = Array.from({ length: 20 }, (_, i) =>
        preview('write', { end: 'return' }, { owner: `other ${i}` }),
      );
      impatient.abort('left');
      await expect(left).rejects.toBe('left');
      giveUp.abort('gone');
      expect(await Promise.all(four)).toEqual(['gone', 'gone', 'gone', 'gone']);
      for (const made of await Promise.all(others)) expect(made).toMatchObject({ featureTotal: 1 });
    });
  });
}
