import { getCenter } from 'ol/extent.js';
import ImageLayer from 'ol/layer/Image.js';
import type Projection from 'ol/proj/Projection.js';
import { getTransform } from 'ol/proj.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';
import { isEmpty, type Marks, NO_MARKS } from '../base/marks.ts';
import type { OverlayColours } from '../base/overlayColours.ts';
import { paintMarks } from '../base/paintMarks.ts';
import { worldShift } from './GrowingLayer.ts';

/** Shows the marks over the features of tasks: failed items, the outline of a task and what is chosen. */
export class MarksLayer {
  readonly layer: ImageLayer<ImageCanvasSource>;
  readonly #source: ImageCanvasSource;
  readonly #canvas = document.createElement('canvas');
  #marks: Marks = NO_MARKS;

  /** `look`: the colours at each use, and the direction of the page. */
  constructor(look: () => { colours: Required<OverlayColours>; direction: 'ltr' | 'rtl' }) {
    this.#source = new ImageCanvasSource({
      ratio: 1,
      canvasFunction: (extent, resolution, pixelRatio, [width = 0, height = 0], projection) => {
        this.#canvas.width = Math.ceil(width);
        this.#canvas.height = Math.ceil(height);
        const context = this.#canvas.getContext('2d');
        const project = projector(extent, resolution, projection);
        const size = { width: width / pixelRatio, height: height / pixelRatio };
        const { colours, direction } = look();
        if (context) paintMarks({ context, ...size, pixelRatio, project, direction }, this.#marks, colours);
        return this.#canvas;
      },
    });
    this.layer = new ImageLayer({ source: this.#source, visible: false });
  }

  show(marks: Marks): void {
    this.#marks = marks;
    this.layer.setVisible(!isEmpty(marks));
    this.#source.changed();
  }

  dispose(): void {
    this.layer.dispose();
    this.#source.dispose();
  }
}

/** Returns a function from WGS 84 to CSS pixels of the view. It shows a place in the world that the view is in. */
function projector(extent: number[], resolution: number, projection: Projection) {
  const transform = getTransform('EPSG:4326', projection);
  const [west = 0, , , north = 0] = extent;
  const shift = worldShift(extent, projection);
  const world = projection.canWrapX() ? (projection.getExtent()?.[2] ?? 0) * 2 : 0;
  const [middle = 0] = getCenter(extent);
  return ([longitude, latitude]: readonly number[]): readonly [number, number] => {
    const [x = 0, y = 0] = transform?.([longitude ?? 0, latitude ?? 0], undefined, 2) ?? [];
    let at = x + shift;
    // A place beyond the antimeridian may be nearer in the next world.
    if (world > 0 && at - middle > world / 2) at -= world;
    else if (world > 0 && middle - at > world / 2) at += world;
    return [(at - west) / resolution, (north - y) / resolution];
  };
}
