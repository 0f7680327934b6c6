import { describe, expect, test, vi } from 'vitest';
import type { BoundingBox, ItemFailure } from '../../src/contract/index.ts';
import type { MapOverlay } from '../../src/maps/base/MapOverlay.ts';
import type { OverlayOptions } from '../../src/maps/base/OverlayOptions.ts';
import type { OverlayColours } from '../../src/maps/base/overlayColours.ts';
import { CENTRE, drops } from '../support/network/drops.ts';

/** Says how much a user sees of each state, in whatever unit the map can be asked for: pixels, or features. */
export interface Shown {
  growing: number;
  settled: number;
  kept: number;
  /** Features of a task with the second hue. */
  second: number;
  /** Marks of failed items, and of what is chosen. */
  failed: number;
  chosen: number;
}

export interface OpenedOverlay {
  overlay: MapOverlay;
  shown(): Shown | Promise<Shown>;
}

/** Pure colours, so that a test can tell each state from the others in a picture. */
export const CONTRACT_COLOURS: OverlayColours = {
  pending: '#ff0000',
  settled: '#0000ff',
  kept: '#00ff00',
  hues: ['#ff0000', '#ffff00'],
  failed: '#ff00ff',
  chosen: '#00ffff',
};

export const NOTHING: Shown = { growing: 0, settled: 0, kept: 0, second: 0, failed: 0, chosen: 0 };
const MORE = { replace: false };
const ANEW = { replace: true };

/**
 * Checks what every map library's overlay shows of tasks. `open` makes an overlay on a map of its own, around `CENTRE`
 * of test/support/network/drops.ts and in `CONTRACT_COLOURS` where the library lets colours be chosen; it closes both when the
 * test ends.
 */
export function describeOverlay(name: string, open: (options: OverlayOptions) => Promise<OpenedOverlay>) {
  async function opened(options: OverlayOptions = {}) {
    const { overlay, shown } = await open(options);
    /** Maps draw in their own time. */
    const soon = (check: (shown: Shown) => void) =>
      vi.waitFor(async () => check(await shown()), { timeout: 12_000, interval: 50 });
    return { overlay, soon };
  }
  const only = (state: keyof Shown) => (shown: Shown) => {
    expect(shown[state]).toBeGreaterThan(20);
    expect({ ...shown, [state]: 0 }).toEqual(NOTHING);
  };
  const nothing = (shown: Shown) => expect(shown).toEqual(NOTHING);

  describe(`overlay of ${name}`, () => {
    test('features before their task is known by anything else are drawn, and more of them add up', async () => {
      const { overlay, soon } = await opened();
      await soon(nothing);
      overlay.add('1', drops(50), MORE);
      await soon(only('growing'));
      expect(overlay.pending).toBe(100);
      overlay.add('1', drops(50, 51), MORE);
      expect(overlay.pending).toBe(200);
      await soon(only('growing'));
    });

    test('a task that builds more than the overlay holds is thinned out, and goes on growing', async () => {
      const { overlay, soon } = await opened({ maxFeaturesPerTask: 60 });
      overlay.add('1', drops(50), MORE);
      expect(overlay.pending).toBeLessThanOrEqual(30);
      await soon(({ growing }) => expect(growing).toBeGreaterThan(0));
      let before = 0;
      for (let first = 51; first < 2_000; first += 50) {
        overlay.add('1', drops(50, first), MORE);
        expect(overlay.pending).toBeGreaterThan(0);
        expect(overlay.pending).toBeLessThanOrEqual(60);
        before = Math.max(before, overlay.pending);
      }
      expect(before).toBeGreaterThan(30);
      overlay.add('1', [], ANEW);
      overlay.add('1', drops(20), MORE);
      // An attempt that begins again is shown in full.
      expect(overlay.pending).toBe(40);
      await soon(({ growing }) => expect(growing).toBeGreaterThan(0));
    });

    test('a task that succeeded is settled, and stays so where nobody loads its work', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(50), MORE);
      await soon(only('growing'));
      overlay.settle('1');
      await soon(only('settled'));
      expect(overlay.pending).toBe(0);
    });

    test('a task that failed is removed, and what arrives late is not drawn', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(50), MORE);
      await soon(only('growing'));
      overlay.remove('1');
      await soon(nothing);
      overlay.add('1', drops(50, 51), MORE);
      overlay.remove('2');
      await soon(nothing);
      expect(overlay.pending).toBe(0);
    });

    test('a snapshot takes the place of what was drawn, in every state', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(200), MORE);
      overlay.add('1', drops(50), ANEW);
      expect(overlay.pending).toBe(100);
      await soon(only('growing'));
      overlay.settle('1');
      await soon(only('settled'));
      overlay.add('1', drops(50), ANEW);
      await soon(only('growing'));
      overlay.remove('1');
      overlay.add('1', drops(50), ANEW);
      await soon(only('growing'));
      overlay.add('1', [], ANEW);
      await soon(nothing);
    });

    test('a feature that is sent again replaces its earlier shape', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(50), MORE);
      await soon(only('growing'));
      overlay.add('1', drops(60), MORE);
      expect(overlay.pending).toBe(120);
      await soon(only('growing'));
      overlay.remove('1');
      await soon(nothing);
    });

    test('two tasks at once: each has a state of its own, and goes by itself', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(100), MORE);
      overlay.add('2', drops(100, 500), MORE);
      overlay.settle('1');
      expect(overlay.pending).toBe(200);
      // The second task began while the first one was growing, so it has another hue.
      await soon(({ second, settled }) => expect(Math.min(second, settled)).toBeGreaterThan(20));
      overlay.remove('2');
      await soon(only('settled'));
      overlay.remove('1');
      await soon(nothing);
    });

    test('features that come after a task was settled are settled too', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(50), MORE);
      overlay.settle('1');
      overlay.add('1', drops(50, 51), MORE);
      expect(overlay.pending).toBe(0);
      await soon(only('settled'));
    });

    test('what was settled stays until the application has loaded it', async () => {
      const loaded = Promise.withResolvers<void>();
      const onSettled = vi.fn(() => loaded.promise);
      const { overlay, soon } = await opened({ onSettled });
      overlay.add('1', drops(50), MORE);
      overlay.settle('1');
      expect(onSettled.mock.calls).toEqual([['1']]);
      await soon(only('settled'));
      loaded.resolve();
      await soon(nothing);
    });

    test.each([
      ['fails later', () => Promise.reject(new Error('offline'))],
      [
        'fails at once',
        () => {
          throw new Error('offline');
        },
      ],
    ])('what was settled stays where the loading %s', async (_how, onSettled) => {
      const { overlay, soon } = await opened({ onSettled });
      overlay.add('1', drops(50), MORE);
      overlay.settle('1');
      await Promise.resolve();
      await soon(only('settled'));
    });

    test('a task that began anew while the application loads is not removed', async () => {
      const loaded = Promise.withResolvers<void>();
      const { overlay, soon } = await opened({ onSettled: () => loaded.promise });
      overlay.add('1', drops(50), MORE);
      overlay.settle('1');
      overlay.add('1', drops(50), ANEW);
      loaded.resolve();
      await loaded.promise;
      await soon(only('growing'));
    });

    test('a result that is no record stays, also after the application has loaded, until it is removed', async () => {
      const onSettled = vi.fn(() => Promise.resolve());
      const { overlay, soon } = await opened({ onSettled });
      overlay.add('1', drops(50), MORE);
      overlay.settle('1', { keep: true });
      expect(onSettled).toHaveBeenCalledOnce();
      expect(overlay.pending).toBe(0);
      await soon(only('kept'));
      overlay.add('2', drops(50, 500), MORE);
      overlay.settle('2');
      await soon(only('kept'));
      overlay.remove('1');
      await soon(nothing);
    });

    test('clear removes what all tasks drew', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(100), MORE);
      overlay.add('2', drops(100, 500), MORE);
      overlay.settle('1', { keep: true });
      await soon(({ second, kept }) => expect(Math.min(second, kept)).toBeGreaterThan(20));
      overlay.failures('1', failures);
      await soon(({ failed }) => expect(failed).toBeGreaterThan(20));
      overlay.clear();
      await soon(nothing);
    });

    test('a task has the hue that it is given, before it draws and after', async () => {
      const { overlay, soon } = await opened();
      overlay.hue('1', 1);
      overlay.add('1', drops(50), MORE);
      await soon(only('second'));
      overlay.hue('1', 0);
      await soon(only('growing'));
      overlay.add('1', drops(50), ANEW);
      overlay.hue('1', 7);
      await soon(only('second'));
      overlay.settle('1');
      await soon(only('settled'));
    });

    test('a crowd of drops gets fainter, and none of them is lost', async () => {
      const { overlay, soon } = await opened();
      for (let first = 1; first < 400; first += 20) overlay.add('1', drops(20, first), MORE);
      expect(overlay.pending).toBe(800);
      await soon(only('growing'));
      overlay.settle('1');
      await soon(only('settled'));
      overlay.remove('1');
      await soon(nothing);
    });

    test('failed items are marked, also of a task that is gone', async () => {
      const { overlay, soon } = await opened();
      overlay.failures('1', [{ id: 'address/0', code: 'too-far', message: 'It is nowhere' }]);
      await soon(nothing);
      overlay.failures('1', failures);
      await soon(only('failed'));
      overlay.failures('1', failures, { chosen: 'address/30' });
      await soon(({ failed, chosen }) => {
        expect(failed).toBeGreaterThan(20);
        expect(chosen + failed).toBeGreaterThan(failed === 0 ? 0 : 30);
      });
      overlay.remove('1');
      overlay.failures('2', failures);
      overlay.failures('1', []);
      await soon(only('failed'));
      overlay.failures('2', []);
      await soon(nothing);
    });

    test('the place of a task is framed in its hue', async () => {
      const { overlay, soon } = await opened();
      const [longitude, latitude] = CENTRE;
      const bbox: BoundingBox = [longitude - 0.001, latitude - 0.001, longitude + 0.001, latitude + 0.001];
      overlay.outline({ bbox, label: 'Label poles · 48%' });
      await soon(only('growing'));
      overlay.hue('7', 1);
      overlay.outline({ bbox, label: 'Label poles · 49%', taskId: '7' });
      await soon(only('second'));
      overlay.outline(null);
      await soon(nothing);
    });

    test('the places of many tasks are framed at once, each in its hue', async () => {
      const { overlay, soon } = await opened();
      const [longitude, latitude] = CENTRE;
      const places = Array.from({ length: 40 }, (_, index) => {
        const [x, y] = [
          longitude + 0.0002 * (index % 8) - 0.0008,
          latitude + 0.0002 * Math.floor(index / 8) - 0.0004,
        ];
        const bbox: BoundingBox = [x, y, x + 0.0001, y + 0.0001];
        return { taskId: String(index), bbox };
      });
      overlay.places(places);
      await soon(only('growing'));
      for (const { taskId } of places) overlay.hue(taskId, 1);
      await soon(only('second'));
      overlay.places([]);
      await soon(nothing);
    });

    test('what is chosen is marked: lines and points', async () => {
      const { overlay, soon } = await opened();
      overlay.choose(drops(40, 300));
      await soon(only('chosen'));
      overlay.choose(null);
      await soon(nothing);
    });

    test('two runs side by side are no tasks: they are not pending, and nobody can click them', async () => {
      const { overlay, soon } = await opened();
      const [onlyA, onlyB, both] = [drops(60, 100), drops(60, 200), drops(60, 300)];
      overlay.compare({ onlyA, onlyB, both });
      await soon(({ growing, second, settled }) => {
        expect(Math.min(growing, second, settled)).toBeGreaterThan(20);
      });
      expect(overlay.pending).toBe(0);
      expect(overlay.pickAt(CENTRE, 1)).toBeUndefined();
      overlay.compare({ onlyA: [], onlyB: [], both });
      await soon(only('settled'));
      overlay.compare(null);
      await soon(nothing);
    });

    test('a place gives the feature of a running task, or the failed items there', async () => {
      const { overlay } = await opened();
      overlay.add('1', drops(50), MORE);
      const end = drops(1, 50).at(-1)?.geometry;
      if (end?.type !== 'Point') throw new Error('no end');
      expect(overlay.pickAt(end.coordinates, 0.5)).toEqual({ taskId: '1', featureId: 'wall_box/50' });
      expect(overlay.pickAt([CENTRE[0] + 0.01, CENTRE[1]], 0.5)).toBeUndefined();
      overlay.failures('9', failures);
      const at = failures[10]?.geometry;
      if (at?.type !== 'Point') throw new Error('no place');
      expect(overlay.pickAt(at.coordinates, 0.01)).toEqual({ taskId: '9', itemIds: ['address/11'] });
      // From afar their marks are one.
      expect(overlay.pickAt(at.coordinates, 100)?.itemIds).toHaveLength(failures.length);
      overlay.failures('9', []);
      overlay.settle('1');
      expect(overlay.pickAt(end.coordinates, 0.5)).toBeUndefined();
    });

    test('disposed, it leaves nothing and draws nothing', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(50), MORE);
      overlay.failures('1', failures);
      overlay.outline({ bbox: [8, 47, 9, 48], label: '' });
      overlay.failures('1', []);
      overlay.outline(null);
      await soon(only('growing'));
      overlay.dispose();
      overlay.dispose();
      overlay.add('1', drops(50), ANEW);
      overlay.failures('1', failures);
      overlay.choose(drops(5));
      overlay.places([{ taskId: '1', bbox: [8, 47, 9, 48] }]);
      overlay.compare({ onlyA: drops(9), onlyB: [], both: [] });
      overlay.settle('1');
      await soon(nothing);
    });
  });
}

/** Some failed items around the centre, metres apart. */
const failures: ItemFailure[] = drops(30)
  .filter(({ geometry }) => geometry.type === 'Point')
  .map(({ geometry }, i) => ({ id: `address/${i + 1}`, code: 'too-far', message: 'Too far', geometry }));
