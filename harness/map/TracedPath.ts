import Feature from 'ol/Feature.js';
import { LineString, Point } from 'ol/geom.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import { Fill, RegularShape, Stroke, Style } from 'ol/style.js';
import type { Position } from '../../src/contract/index.ts';
import { type MapTheme, mapPalettes } from './palette.ts';

/** Pixels between two arrows. */
const ARROW_EVERY = 80;
const MOST_ARROWS = 400;
/** Over the squares of addresses, under the marks of failed items. */
const ORDER = 87;

/** Shows the way of a fibre: a line with a halo, and small arrows in its direction. It stands still. */
export class TracedPath {
  readonly layer = new VectorLayer({ source: new VectorSource(), zIndex: ORDER });

  constructor(theme: MapTheme) {
    this.setTheme(theme);
  }

  /** Lines from the address towards the feed. */
  show(path: readonly Position[][]): void {
    const source = this.layer.getSource();
    source?.clear(true);
    source?.addFeatures(
      path
        .filter((line) => line.length > 1)
        .map((line) => new Feature(new LineString(line.map(([x, y]) => fromLonLat([x, y]))))),
    );
    source?.changed();
  }

  setTheme(theme: MapTheme): void {
    const { selection, halo } = mapPalettes[theme];
    const line = (color: string, width: number, zIndex: number) =>
      new Style({ zIndex, stroke: new Stroke({ color, width, lineCap: 'round', lineJoin: 'round' }) });
    const base = [line(halo, 7, 0), line(selection, 4, 1)];
    const fill = new Fill({ color: selection });
    const stroke = new Stroke({ color: halo, width: 1.5 });
    this.layer.setStyle((feature, resolution) => {
      const geometry = feature.getGeometry();
      if (!(geometry instanceof LineString)) return base;
      return [
        ...base,
        ...arrowsAlong(geometry.getCoordinates(), ARROW_EVERY * resolution).map(
          ({ at, turn }) =>
            new Style({
              zIndex: 2,
              geometry: new Point(at),
              image: new RegularShape({
                points: 3,
                radius: 6.5,
                rotation: turn,
                rotateWithView: true,
                fill,
                stroke,
              }),
            }),
        ),
      ];
    });
  }

  dispose(): void {
    this.layer.dispose();
  }
}

/** Returns places at equal distances along a line, the first one half a distance in, each with the direction of the line clockwise from north. */
export function arrowsAlong(line: readonly number[][], every: number): { at: number[]; turn: number }[] {
  const arrows: { at: number[]; turn: number }[] = [];
  let next = every / 2;
  for (const [index, to] of line.entries()) {
    const from = line[index - 1];
    if (!from) continue;
    const [dx, dy] = [(to[0] ?? 0) - (from[0] ?? 0), (to[1] ?? 0) - (from[1] ?? 0)];
    const length = Math.hypot(dx, dy);
    for (; next < length && arrows.length < MOST_ARROWS; next += every) {
      const part = next / length;
      arrows.push({
        at: [(from[0] ?? 0) + dx * part, (from[1] ?? 0) + dy * part],
        turn: Math.atan2(dx, dy),
      });
    }
    next -= length;
  }
  return arrows;
}
