import type { GeoFeature } from '../../contract/index.ts';
import {
  type DrawnTask,
  MapOverlay,
  type OverlayOptions,
  type OverlayState,
} from '../../maps/base/MapOverlay.ts';
import type { Qwc2Api } from './qwc2Api.ts';
import { WGS84 } from './qwc2State.ts';

/** QWC2 copies the list of a layer with each addition: a few additions a second look as good as one for each event. */
const FLUSH_MS = 250;

/** Colours that neither QWC2's selection (yellow, blue) nor its markers have. Features that nobody has stored are dashed. */
export const qwc2Styles: Readonly<Record<OverlayState, Readonly<Record<string, unknown>>>> = {
  growing: {
    strokeColor: [180, 60, 0, 1],
    strokeWidth: 2,
    strokeDash: [6, 4],
    circleRadius: 4,
    fillColor: [255, 170, 60, 0.8],
  },
  settled: {
    strokeColor: [23, 101, 193, 1],
    strokeWidth: 2,
    circleRadius: 4,
    fillColor: [98, 173, 255, 0.8],
  },
  kept: { strokeColor: [15, 113, 113, 1], strokeWidth: 2, circleRadius: 4, fillColor: [116, 252, 187, 0.8] },
};

interface Waiting {
  features: readonly GeoFeature[];
  state: OverlayState;
  /** The layer on the map has another style. QWC2 never changes the style of a layer, so it has to go first. */
  anew: boolean;
}

/** Shows in QWC2 what tasks build: each task has a layer of its own above the theme, which is not in the layer tree. */
export class Qwc2Overlay extends MapOverlay {
  readonly #qwc2: Qwc2Api;
  readonly #waiting = new Map<string, Waiting>();
  readonly #drawn = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** By default `onSettled` has QGIS Server draw the theme again, which now holds what was stored. */
  constructor(qwc2: Qwc2Api, { onSettled, ...options }: Omit<OverlayOptions, 'colours'> = {}) {
    const refreshTheme = () => qwc2.refreshLayer((layer) => layer.role === qwc2.LayerRole.THEME);
    super({ ...options, onSettled: onSettled ?? refreshTheme });
    this.#qwc2 = qwc2;
  }

  override dispose(): void {
    super.dispose();
    clearTimeout(this.#timer);
  }

  protected override draw({ id, state }: DrawnTask, added: readonly GeoFeature[]): void {
    const { features = [], anew = false } = this.#waiting.get(id) ?? {};
    this.#wait(id, { features: [...features, ...added], state, anew });
  }

  protected override restyle({ id, state, features }: DrawnTask): void {
    this.#wait(id, { features: [...features.values()], state, anew: true });
  }

  protected override erase({ id }: DrawnTask): void {
    this.#waiting.delete(id);
    if (this.#drawn.delete(id)) this.#qwc2.removeLayer(layerId(id));
  }

  #wait(id: string, waiting: Waiting): void {
    this.#waiting.set(id, waiting);
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#timer = undefined;
    const { LayerRole } = this.#qwc2;
    for (const [id, { features, state, anew }] of this.#waiting) {
      if (anew && this.#drawn.has(id)) this.#qwc2.removeLayer(layerId(id));
      this.#drawn.add(id);
      this.#qwc2.addLayerFeatures(
        {
          id: layerId(id),
          role: LayerRole.SELECTION,
          styleName: 'default',
          styleOptions: qwc2Styles[state],
        },
        features.map((feature) => ({ ...feature, crs: WGS84 })),
        anew,
      );
    }
    this.#waiting.clear();
  }
}

function layerId(taskId: string): string {
  return `lrt-${taskId}`;
}
