import { describe, expect, test, vi } from 'vitest';
import type { MapOverlay, OverlayOptions } from '../../src/maps/base/MapOverlay.ts';
import type { OverlayColours } from '../../src/maps/base/overlayColours.ts';
import { drops } from '../support/network/drops.ts';

/** Says how much a user sees of each state, in whatever unit the map can be asked for: pixels, or features. */
export interface Shown {
  growing: number;
  settled: number;
  kept: number;
}

export interface OpenedOverlay {
  overlay: MapOverlay;
  shown(): Shown | Promise<Shown>;
}

/** Pure colours, so that a test can tell each state from the others in a picture. */
export const CONTRACT_COLOURS: OverlayColours = { pending: '#ff0000', settled: '#0000ff', kept: '#00ff00' };

const NOTHING: Shown = { growing: 0, settled: 0, kept: 0 };
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
      await soon(({ growing, settled }) => expect(Math.min(growing, settled)).toBeGreaterThan(20));
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
      await soon(({ growing, kept }) => expect(Math.min(growing, kept)).toBeGreaterThan(20));
      overlay.clear();
      await soon(nothing);
    });

    test('disposed, it leaves nothing and draws nothing', async () => {
      const { overlay, soon } = await opened();
      overlay.add('1', drops(50), MORE);
      await soon(only('growing'));
      overlay.dispose();
      overlay.dispose();
      overlay.add('1', drops(50), ANEW);
      overlay.settle('1');
      await soon(nothing);
    });
  });
}
