import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Geometry, Position } from '../../src/contract/index.ts';
import type { HostMap, MapSketches } from '../../src/host/contract.ts';
import { metresBetween } from '../../src/maps/base/geodesic.ts';
import { CENTRE } from '../support/network/drops.ts';

export interface OpenedMap {
  host: HostMap & { sketches: Required<MapSketches>; dispose(): void };
  /** The map's element, 400 by 300 CSS pixels. It takes keys. */
  element: HTMLElement;
  /** The place that the map shows at a pixel of its element. */
  placeAt(x: number, y: number): Position;
  /** Moves the middle of the map, without motion. */
  moveTo(at: Position): void;
  /** The clicks that the application has seen on its map. */
  clicks(): number;
  zoom(): number;
}

const METRES = 120;

/** Checks what every map library's sketches do. `open` makes a map around `CENTRE` and closes it when the test ends. */
export function describeSketches(name: string, open: () => Promise<OpenedMap>) {
  const picture = (element: HTMLElement) => element.querySelector('.lrt-sketches');
  const soon = (check: () => void) => vi.waitFor(check, { timeout: 6_000, interval: 30 });
  const at = (element: HTMLElement, x: number, y: number, clickCount = 1) =>
    userEvent.click(element, { position: { x, y }, clickCount, timeout: 4_000 });
  /** The box of a path in pixels. */
  const boxOf = (path: Element | null | undefined) => {
    const numbers = (path?.getAttribute('d') ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
    const [xs, ys] = [numbers.filter((_, i) => i % 2 === 0), numbers.filter((_, i) => i % 2 === 1)];
    return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
  };
  const drawn = (host: OpenedMap['host'], kind: 'area' | 'point') => {
    const ends: (Geometry | undefined)[] = [];
    const corners: number[] = [];
    const drawing = host.sketches.draw(kind, {
      onChange: (all) => corners.push(all.length),
      onEnd: (geometry) => ends.push(geometry),
    });
    return { drawing, ends, corners };
  };

  describe(`sketches of ${name}`, () => {
    test('a circle has its radius on the ground, follows the map, and leaves nothing', async () => {
      const { host, element, placeAt, moveTo } = await open();
      host.sketches.show('a', [{ kind: 'circle', centre: CENTRE, radiusMetres: METRES }]);
      await soon(() => expect(picture(element)).toBeTruthy());
      const metresPerPixel = metresBetween(placeAt(150, 150), placeAt(250, 150)) / 100;
      const line = () => picture(element)?.querySelectorAll('path')[1];
      await soon(() => expect(boxOf(line()).width).toBeCloseTo((2 * METRES) / metresPerPixel, -0.5));
      const before = line()?.getAttribute('d');
      moveTo([CENTRE[0] + 0.0005, CENTRE[1]]);
      await soon(() => expect(line()?.getAttribute('d')).not.toBe(before));
      host.sketches.show('a', []);
      expect(picture(element)).toBeNull();
    });

    test('three clicks and a double click draw an area, and the application sees no click of them', async () => {
      const { host, element, placeAt, clicks, zoom } = await open();
      const before = zoom();
      const { ends, corners } = drawn(host, 'area');
      await at(element, 120, 80);
      await at(element, 300, 90);
      await at(element, 200, 220, 2);
      await soon(() => expect(ends).toHaveLength(1));
      expect(corners).toEqual([1, 2, 3]);
      const [polygon] = ends;
      expect(polygon?.type).toBe('Polygon');
      const ring = polygon?.type === 'Polygon' ? (polygon.coordinates[0] ?? []) : [];
      expect(ring).toHaveLength(4);
      for (const [i, [x, y]] of [[120, 80] as const, [300, 90] as const, [200, 220] as const].entries())
        expect(metresBetween(ring[i] ?? [0, 0], placeAt(x, y))).toBeLessThan(3);
      expect(picture(element)).toBeNull();
      // A moment after the drawing, clicks are the application's again: and none of those before has come late.
      await vi.waitFor(
        async () => {
          await at(element, 60, 60);
          expect(clicks()).toBeGreaterThan(0);
        },
        // OpenLayers takes two clicks within 250 ms for a double click, which zooms; on a busy machine timers are late.
        { timeout: 8_000, interval: 1_000 },
      );
      expect(clicks()).toBe(1);
      expect(zoom()).toBe(before);
    });

    test('a drag moves the map and sets no corner; a click on the first corner closes the area', async () => {
      const { host, element } = await open();
      const { ends, corners } = drawn(host, 'area');
      await userEvent.dragAndDrop(element, element, {
        sourcePosition: { x: 200, y: 150 },
        targetPosition: { x: 230, y: 170 },
      });
      expect(corners).toEqual([]);
      for (const [x, y] of [
        [120, 80],
        [300, 90],
        [200, 220],
        [121, 82],
      ] as const)
        await at(element, x, y);
      await soon(() => expect(ends).toHaveLength(1));
      expect(corners).toEqual([1, 2, 3]);
    });

    test('clicks on corners that are there set no corner twice', async () => {
      const { host, element } = await open();
      const { ends, corners } = drawn(host, 'area');
      await at(element, 120, 80, 2);
      await at(element, 300, 90);
      await at(element, 120, 80);
      await at(element, 300, 90);
      expect(corners).toEqual([1, 2]);
      expect(ends).toEqual([]);
    });

    test('with fingers: a tap sets a corner, two fingers and a drag set none, a double tap ends (openlayers #11397, mapbox-gl-draw #1212)', async () => {
      const { host, element } = await open();
      const { ends, corners } = drawn(host, 'area');
      const surface = element.querySelector('.ol-viewport, .maplibregl-canvas-container') ?? element;
      const { left, top } = element.getBoundingClientRect();
      const touch = (type: string, pointerId: number, x: number, y: number) =>
        surface.dispatchEvent(
          new PointerEvent(type, {
            pointerId,
            pointerType: 'touch',
            isPrimary: pointerId === 1,
            bubbles: true,
            cancelable: true,
            clientX: left + x,
            clientY: top + y,
          }),
        );
      const tap = (x: number, y: number) => {
        touch('pointerdown', 1, x, y);
        touch('pointerup', 1, x, y);
      };
      tap(120, 80);
      tap(300, 90);
      // Two fingers zoom, also where neither of them moves.
      touch('pointerdown', 1, 150, 150);
      touch('pointerdown', 2, 250, 150);
      touch('pointermove', 1, 130, 150);
      touch('pointerup', 2, 250, 150);
      touch('pointerup', 1, 130, 150);
      touch('pointerdown', 1, 200, 150);
      touch('pointermove', 1, 240, 150);
      touch('pointerup', 1, 240, 150);
      expect(corners).toEqual([1, 2]);
      // A finger trembles: two taps beside a corner that is there set no further one, and two corners are no area.
      tap(304, 94);
      expect(corners).toEqual([1, 2]);
      expect(ends).toEqual([]);
      tap(200, 220);
      tap(205, 223);
      await soon(() => expect(ends).toHaveLength(1));
      expect(corners).toEqual([1, 2, 3]);
    });

    test('by keys: corners at the middle, the last one is taken back, Enter ends and Escape gives up', async () => {
      const { host, element, moveTo } = await open();
      const cursor = element.querySelector<HTMLElement>('.ol-viewport, canvas')?.style.cursor;
      const first = drawn(host, 'area');
      const [lon, lat] = CENTRE;
      for (const place of [
        [lon, lat],
        [lon + 0.001, lat],
        [lon, lat + 0.001],
      ] as Position[]) {
        moveTo(place);
        first.drawing.addAtMiddle?.();
      }
      element.focus();
      await userEvent.keyboard('{Backspace}');
      expect(first.corners.at(-1)).toBe(2);
      await userEvent.keyboard('{Enter}');
      expect(first.ends).toEqual([]);
      moveTo([lon + 0.001, lat + 0.001]);
      await userEvent.keyboard(' {Enter}');
      expect(first.ends[0]?.type).toBe('Polygon');
      const second = drawn(host, 'area');
      await userEvent.keyboard('{Escape}');
      expect(second.ends).toEqual([undefined]);
      expect(element.querySelector<HTMLElement>('.ol-viewport, canvas')?.style.cursor).toBe(cursor);
      expect(picture(element)).toBeNull();
    });

    test('another drawing ends the first one; a map that goes ends both and leaves nothing', async () => {
      const { host, element } = await open();
      const [first, second] = [drawn(host, 'area'), drawn(host, 'point')];
      expect(first.ends).toEqual([undefined]);
      first.drawing.cancel();
      host.dispose();
      expect([first.ends, second.ends]).toEqual([[undefined], [undefined]]);
      expect(picture(element)).toBeNull();
    });

    test('a point beyond the antimeridian is a place on the globe', async () => {
      const { host, element, moveTo } = await open();
      moveTo([180.0005, CENTRE[1]]);
      const { ends } = drawn(host, 'point');
      await at(element, 200, 150);
      await soon(() => expect(ends).toHaveLength(1));
      const [point] = ends;
      const [longitude = 0] = point?.type === 'Point' ? point.coordinates : [];
      expect(longitude).toBeGreaterThanOrEqual(-180);
      expect(longitude).toBeLessThan(-179.99);
      host.sketches.show('a', [{ kind: 'circle', centre: [179.9999, CENTRE[1]], radiusMetres: METRES }]);
      // The circle is where the map is, and not a world away.
      await soon(() =>
        expect(boxOf(picture(element)?.querySelectorAll('path')[1]).width).toBeLessThan(1_000),
      );
      const [x = Number.NaN] =
        picture(element)
          ?.querySelectorAll('path')[2]
          ?.getAttribute('d')
          ?.match(/-?[\d.]+/g) ?? [];
      expect(Number(x)).toBeGreaterThan(0);
      expect(Number(x)).toBeLessThan(400);
    });

    test('the handle of a circle changes its radius, by drag and by keys', async () => {
      const { host, element } = await open();
      let radiusMetres = METRES;
      const show = () =>
        host.sketches.show('a', [
          {
            kind: 'circle',
            centre: CENTRE,
            radiusMetres,
            handle: {
              label: 'Radius',
              text: `${radiusMetres} m`,
              least: 1,
              most: 1_000,
              onRadius: (metres) => {
                radiusMetres = metres;
                show();
              },
            },
          },
        ]);
      show();
      const handle = () => element.querySelector<SVGElement>('[role=slider]');
      await soon(() => expect(handle()?.getAttribute('transform')).toBeTruthy());
      await userEvent.dragAndDrop(element.querySelector('[role=slider]') ?? element, element, {
        targetPosition: { x: 390, y: 150 },
        force: true,
      });
      await soon(() => expect(radiusMetres).toBeGreaterThan(METRES * 1.2));
      const dragged = radiusMetres;
      handle()?.focus();
      await userEvent.keyboard('{ArrowLeft}');
      expect(radiusMetres).toBeLessThan(dragged);
      expect(handle()?.getAttribute('aria-valuetext')).toBe(`${radiusMetres} m`);
    });
  });
}
