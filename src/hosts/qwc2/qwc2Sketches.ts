import type { Geometry } from '../../contract/index.ts';
import type { MapSketches, SketchShape } from '../../host/contract.ts';
import { circleAround } from '../../maps/base/geodesic.ts';
import type { Qwc2Api } from './qwc2Api.ts';
import { WGS84 } from './qwc2State.ts';
import { rgb } from './qwc2Styles.ts';

const FILL = 0.12;

/**
 * Shows in QWC2 what a user is about to choose, in a layer for each key. QWC2 draws by a task of its own, which would take the place
 * of the dialog that wants the drawing: so there is no `draw`.
 */
export class Qwc2Sketches implements MapSketches {
  readonly #qwc2: Qwc2Api;
  readonly #colours: () => { line: string };
  readonly #shown = new Set<string>();

  constructor(qwc2: Qwc2Api, colours: () => { line: string }) {
    this.#qwc2 = qwc2;
    this.#colours = colours;
  }

  show(key: string, shapes: readonly SketchShape[]): void {
    const id = `lrt-sketch-${key}`;
    if (shapes.length === 0) {
      if (this.#shown.delete(id)) this.#qwc2.removeLayer(id);
      return;
    }
    this.#shown.add(id);
    const colour = rgb(this.#colours().line);
    const styleOptions = {
      strokeColor: [...colour, 1],
      strokeWidth: 2,
      strokeDash: [7, 4],
      fillColor: [...colour, FILL],
      circleRadius: 7,
    };
    const layer = { id, role: this.#qwc2.LayerRole.SELECTION, styleName: 'default' };
    const features = shapes.map((shape, i) => ({
      type: 'Feature',
      id: `${id}-${i}`,
      geometry: geometryOf(shape),
      properties: {},
      crs: WGS84,
      styleName: 'default',
      styleOptions,
    }));
    this.#qwc2.addLayerFeatures(layer, features, true);
  }

  dispose(): void {
    for (const id of this.#shown) this.#qwc2.removeLayer(id);
    this.#shown.clear();
  }
}

function geometryOf(shape: SketchShape): Geometry {
  switch (shape.kind) {
    case 'circle':
      return { type: 'Polygon', coordinates: [circleAround(shape.centre, shape.radiusMetres)] };
    case 'area':
      return { type: 'Polygon', coordinates: shape.rings.map((ring) => [...ring]) };
    case 'point':
      return { type: 'Point', coordinates: shape.at };
  }
}
