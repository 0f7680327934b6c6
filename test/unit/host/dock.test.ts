import { describe, expect, test } from 'vitest';
import type { HostFeature } from '../../../src/host/contract.ts';
import { anchorAt, at, cornerFor, placeOf, sheetHeight } from '../../../src/host/dock.ts';

const MAP = { left: 280, top: 48, width: 1000, height: 728 };
const CARD = { width: 304, height: 292 };
const VIEWPORT = { width: 1280, height: 800 };
const corner = (selected: { x: number; y: number } | undefined, isRtl = false) => {
  const { atEnd, atBottom } = cornerFor(MAP, selected, isRtl);
  return `${atBottom ? 'lower' : 'upper'} ${atEnd ? 'end' : 'start'}`;
};

describe('a window that docks', () => {
  test.each([
    ['nothing is selected', undefined, 'upper end'],
    ['the selected feature is in the middle', { x: 0.5, y: 0.5 }, 'upper end'],
    ['it is a little off the middle', { x: 0.53, y: 0.46 }, 'upper end'],
    ['it is at the upper right', { x: 0.9, y: 0.1 }, 'lower start'],
    ['it is at the lower right', { x: 0.9, y: 0.9 }, 'upper start'],
    ['it is at the upper left', { x: 0.1, y: 0.1 }, 'upper end'],
  ])('opens in the corner that is far from the selected feature: %s', (_, selected, expected) => {
    expect(corner(selected)).toBe(expected);
  });

  test('opens at the inline end from right to left too, away from what is selected there', () => {
    expect(corner(undefined, true)).toBe('upper end');
    expect(corner({ x: 0.1, y: 0.1 }, true)).toBe('lower start');
    expect(at(cornerFor(MAP, undefined, true), MAP, CARD, VIEWPORT, true)).toEqual({ left: 292, top: 60 });
  });

  test('opens at the lower edge of a map below 560 pixels', () => {
    expect(cornerFor({ ...MAP, width: 559 }, undefined, false)).toMatchObject({ atBottom: true });
    expect(cornerFor({ ...MAP, width: 560 }, undefined, false)).toMatchObject({ atBottom: false });
  });

  test('stands 12 pixels from the edges of the map, also when the map shrinks', () => {
    const anchor = cornerFor(MAP, undefined, false);
    expect(at(anchor, MAP, CARD, VIEWPORT, false)).toEqual({ left: 964, top: 60 });
    expect(at(anchor, { ...MAP, width: 592 }, CARD, VIEWPORT, false)).toEqual({ left: 556, top: 60 });
  });

  test.each([true, false])(
    'stays where a user has put it, near to its corner (right to left: %s)',
    (isRtl) => {
      for (const place of [
        { left: 300, top: 60 },
        { left: 900, top: 70 },
        { left: 310, top: 450 },
        { left: 930, top: 440 },
      ]) {
        const anchor = anchorAt(place, MAP, CARD, isRtl);
        expect(at(anchor, MAP, CARD, VIEWPORT, isRtl)).toEqual(place);
      }
      const lower = anchorAt({ left: 930, top: 470 }, MAP, CARD, isRtl);
      // At the bottom it grows upwards.
      expect(at(lower, MAP, { ...CARD, height: 40 }, VIEWPORT, isRtl).top).toBe(470 + 252);
    },
  );

  test('never leaves the viewport, wherever it was put and however the window changes', () => {
    for (const place of [
      { left: -4000, top: -4000 },
      { left: 9000, top: 9000 },
    ]) {
      const { left, top } = at(anchorAt(place, MAP, CARD, false), MAP, CARD, VIEWPORT, false);
      expect(left).toBeGreaterThanOrEqual(8);
      expect(top).toBeGreaterThanOrEqual(8);
      expect(left + CARD.width).toBeLessThanOrEqual(1272);
      expect(top + CARD.height).toBeLessThanOrEqual(792);
    }
    const small = { width: 320, height: 200 };
    expect(at(cornerFor(MAP, undefined, false), MAP, CARD, small, false)).toEqual({ left: 8, top: 8 });
  });

  test('knows where the selected feature is on the map, and that it is out of view', () => {
    const feature = (geometry: HostFeature['geometry']): HostFeature => ({
      id: 1,
      getType: () => 'pole',
      getUrn: () => 'pole/1',
      getTitle: () => 'P-1',
      properties: {},
      ...(geometry === undefined ? {} : { geometry }),
    });
    const view = [10, 50, 20, 60] as const;
    const point = (x: number, y: number) => feature({ type: 'Point', coordinates: [x, y] });
    expect(placeOf(point(12.5, 55), [...view])).toEqual({ x: 0.25, y: 0.5 });
    expect(placeOf(point(25, 55), [...view])).toBeUndefined();
    expect(placeOf(feature(null), [...view])).toBeUndefined();
    expect(placeOf(null, [...view])).toBeUndefined();
  });

  test('as a sheet covers at most 45 percent of the map', () => {
    expect(sheetHeight({ ...MAP, height: 592 })).toBe(222);
    expect(sheetHeight({ ...MAP, height: 300 })).toBe(135);
  });
});
