// Tests where the label of a task's outline stands: never below the buttons that a map has at its inline start.
import { expect, test } from 'vitest';
import type { BoundingBox, Position } from '../../../src/contract/index.ts';
import { NO_MARKS } from '../../../src/maps/base/marks.ts';
import { overlayColours } from '../../../src/maps/base/overlayColours.ts';
import { paintMarks } from '../../../src/maps/base/paintMarks.ts';

/** Paints an outline on a map of 800 by 600 pixels, one a degree, and returns where its words stand. */
function wordsOf(bbox: BoundingBox, direction: 'ltr' | 'rtl', width = 800) {
  const words: { text: string; x: number; y: number }[] = [];
  const known: Record<string, unknown> = {
    measureText: (text: string) => ({ width: 6 * text.length }),
    fillText: (text: string, x: number, y: number) => words.push({ text, x, y }),
  };
  const context = new Proxy(known, { get: (target, name) => Reflect.get(target, name) ?? (() => undefined) });
  const project = ([x, y]: Position) => [x, 600 - y] as const;
  const canvas = { width, height: 600, pixelRatio: 1, project, direction };
  const outline = { bbox, label: 'Label poles · 48%', colour: '#000000' };
  // @ts-expect-error A canvas of this kind has no more than what the painter uses.
  paintMarks({ ...canvas, context }, { ...NO_MARKS, outline }, overlayColours.light);
  return words;
}

const WORDS = 6 * 'Label poles · 48%'.length;

test('a box in view has its label at its upper inline start', () => {
  expect(wordsOf([200, 100, 500, 400], 'ltr')).toEqual([
    { text: 'Label poles · 48%', x: 200 - 14 + 8, y: 186.5 },
  ]);
  expect(wordsOf([200, 100, 500, 400], 'rtl')).toEqual([
    { text: 'Label poles · 48%', x: 500 + 14 - 8, y: 186.5 },
  ]);
});

test('the label of a box that is larger than the view stands beside the zoom buttons', () => {
  const large: BoundingBox = [-500, -500, 1500, 1500];
  expect(wordsOf(large, 'ltr')[0]?.x).toBe(56 + 8);
  expect(wordsOf(large, 'rtl')[0]?.x).toBe(800 - 56 - 8);
  const [narrow] = wordsOf(large, 'ltr', 320);
  expect(narrow?.x).toBe(56 + 8);
  expect((narrow?.x ?? 0) + WORDS).toBeLessThan(320);
});
