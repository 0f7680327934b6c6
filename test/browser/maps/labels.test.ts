import 'ol/ol.css';
import '../../../harness/map/map.css';
import { Map as MapLibre, type StyleSpecification, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import Feature from 'ol/Feature.js';
import { LineString } from 'ol/geom.js';
import VectorLayer from 'ol/layer/Vector.js';
import OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import View from 'ol/View.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mapPalettes } from '../../../harness/map/palette.ts';
import { createStyles } from '../../../harness/map/styles.ts';

setWorkerUrl(workerUrl);

const styles = createStyles(mapPalettes.light);
const SIZE = { width: 300, height: 80 };

function container(direction: 'ltr' | 'rtl'): HTMLDivElement {
  const element = document.body.appendChild(document.createElement('div'));
  element.style.cssText = `width: ${SIZE.width}px; height: ${SIZE.height}px; direction: ${direction}`;
  onTestFinished(() => element.remove());
  return element;
}

function copyOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const context = Object.assign(document.createElement('canvas'), SIZE).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, SIZE.width, SIZE.height).data;
}

interface Ink {
  /** The first column and the last one of what is drawn, in pixels. */
  first: number;
  last: number;
  /** The middle of the widest gap: between two words. */
  gap: number;
}

function inkOf(pixels: Uint8ClampedArray): Ink {
  const columns = new Set<number>();
  for (let i = 3; i < pixels.length; i += 4) {
    const [red = 255, , , alpha = 0] = pixels.subarray(i - 3, i + 1);
    if (alpha > 128 && red < 150) columns.add(((i - 3) / 4) % SIZE.width);
  }
  const inked = [...columns].sort((a, b) => a - b);
  let [gap, widest] = [0, 0];
  for (const [i, column] of inked.entries()) {
    const width = column - (inked[i - 1] ?? column);
    if (width > widest) [gap, widest] = [column - width / 2, width];
  }
  return { first: inked[0] ?? -1, last: inked.at(-1) ?? -1, gap };
}

/** Draws the name along a street of so many pieces, which is a flat arc, as the host page of the harness does. */
function inOpenLayers(name: string, pieces: number, direction: 'ltr' | 'rtl'): Ink {
  const target = container(direction);
  target.className = 'map-canvas';
  // Two pixels of the canvas for each of the page.
  Object.assign(target.style, { width: `${SIZE.width / 2}px`, height: `${SIZE.height / 2}px` });
  const points = Array.from({ length: pieces + 1 }, (_, i) => [
    -60 + (120 * i) / pieces,
    4 * Math.sin((Math.PI * i) / pieces),
  ]);
  const geo = { type: 'Feature', id: 'street/1', geometry: null, properties: { table: 'street', name } };
  const street = new Feature({ geometry: new LineString(points), geo });
  const map = new OlMap({
    target,
    controls: [],
    pixelRatio: 2,
    view: new View({ center: [0, 0], resolution: 1 }),
    layers: [
      new VectorLayer({ source: new VectorSource({ features: [street] }), style: styles.streetLabel }),
    ],
  });
  onTestFinished(() => {
    map.setTarget(undefined);
    map.dispose();
  });
  map.renderSync();
  // The first picture is drawn before its canvas is in the page and so before it inherits a direction.
  map.renderSync();
  const canvas = target.querySelector<HTMLCanvasElement>('.ol-layer canvas');
  if (!canvas) throw new Error('OpenLayers has drawn nothing');
  return inkOf(copyOf(canvas));
}

describe.each(['ltr', 'rtl'] as const)('OpenLayers in a page of direction %s', (direction) => {
  test.each(['Cherry Walk', 'شارع الزهور'])(
    '"%s" stands along a bent street as along a straight one',
    (name) => {
      const straight = inOpenLayers(name, 1, 'ltr');
      expect(straight.last - straight.first).toBeGreaterThan(60);
      for (const pieces of [2, 3, 5, 8, 13, 21, 40]) {
        const bent = inOpenLayers(name, pieces, direction);
        for (const measure of ['first', 'last', 'gap'] as const) {
          // A letter more or less is 8 pixels or more.
          expect(Math.abs(bent[measure] - straight[measure]), `${measure}, ${pieces} pieces`).toBeLessThan(5);
        }
      }
    },
  );
});

test.each(['Cherry Walk', 'شارع الزهور'])(
  'MapLibre: "%s" is drawn the same whatever the direction of the page',
  async (name) => {
    const pictures = [];
    for (const direction of ['ltr', 'rtl'] as const) {
      const map = new MapLibre({
        container: container(direction),
        style: {
          version: 8,
          sources: {
            street: {
              type: 'geojson',
              data: {
                type: 'Feature',
                properties: {},
                geometry: {
                  type: 'LineString',
                  coordinates: [
                    [-40, 0],
                    [-10, 0],
                    [40, 0],
                  ],
                },
              },
            },
          },
          layers: [
            {
              id: 'name',
              type: 'symbol',
              source: 'street',
              layout: { 'symbol-placement': 'line-center', 'text-field': name, 'text-size': 20 },
            },
          ],
        } satisfies StyleSpecification,
        center: [0, 0],
        zoom: 1.5,
        pixelRatio: 1,
        attributionControl: false,
        fadeDuration: 0,
        canvasContextAttributes: { preserveDrawingBuffer: true },
      });
      onTestFinished(() => map.remove());
      await map.once('idle');
      pictures.push(inkOf(copyOf(map.getCanvas())));
    }
    const [ltr, rtl] = pictures;
    expect(ltr?.last).toBeGreaterThan(150);
    expect(rtl).toEqual(ltr);
  },
);
