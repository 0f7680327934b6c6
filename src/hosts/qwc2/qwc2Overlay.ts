import type { GeoFeature } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import type { Qwc2Api } from './qwc2Api.ts';
import { WGS84 } from './qwc2State.ts';

/** QWC2 copies the layer's list with each addition: a few times a second is as good as at each event. */
const FLUSH_MS = 250;

// Dashed, in a colour that neither QWC2's selection (yellow, blue) nor its markers have.
const UNCOMMITTED = {
  strokeColor: [180, 60, 0, 1],
  strokeWidth: 2,
  strokeDash: [6, 4],
  circleRadius: 4,
  fillColor: [255, 170, 60, 0.8],
};

export interface Qwc2Overlay extends TaskOverlay {
  /** Takes everything off the map. */
  dispose(): void;
}

/** What tasks build, in a layer of QWC2's own for each: above the theme, and not in the layer tree. */
export function createQwc2Overlay(qwc2: Qwc2Api): Qwc2Overlay {
  const waiting = new Map<string, { features: GeoFeature[]; clear: boolean }>();
  const drawn = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    timer = undefined;
    for (const [taskId, { features, clear }] of waiting) {
      drawn.add(taskId);
      qwc2.addLayerFeatures(
        {
          id: layerId(taskId),
          role: qwc2.LayerRole.SELECTION,
          styleName: 'default',
          styleOptions: UNCOMMITTED,
        },
        features.map((feature) => ({ ...feature, crs: WGS84 })),
        clear,
      );
    }
    waiting.clear();
  }

  function remove(taskId: string) {
    waiting.delete(taskId);
    if (drawn.delete(taskId)) qwc2.removeLayer(layerId(taskId));
  }

  return {
    add(taskId, features, { replace }) {
      const before = replace ? undefined : waiting.get(taskId);
      waiting.set(taskId, {
        features: [...(before?.features ?? []), ...features],
        clear: replace || before?.clear === true,
      });
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    settle(taskId) {
      remove(taskId);
      // It is in the database now: QGIS Server draws it from there.
      qwc2.refreshLayer((layer) => layer.role === qwc2.LayerRole.THEME);
    },
    remove,
    dispose() {
      clearTimeout(timer);
      for (const taskId of [...drawn, ...waiting.keys()]) remove(taskId);
    },
  };
}

function layerId(taskId: string): string {
  return `lrt-${taskId}`;
}
