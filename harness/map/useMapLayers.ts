import { useEffect, useState } from 'react';
import { ALL_SHOWN, MAP_LAYERS, type MapLayerState, type MapLayerStates } from './mapLayers.ts';
import type { NetworkMap } from './NetworkMap.ts';

const KEY = 'lrt-harness-layers';

/** The layers of a map, as the user has set them, also at an earlier visit. */
export function useMapLayers(map: NetworkMap): [MapLayerStates, (states: MapLayerStates) => void] {
  const [states, setStates] = useState(readLayers);
  useEffect(() => map.setLayers(states), [map, states]);
  return [
    states,
    (next) => {
      setStates(next);
      try {
        localStorage.setItem(KEY, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing forgets the layers with the page.
      }
    },
  ];
}

/** The stored text may be of another version, or damaged: then the layer is shown. */
export function readLayers(text = storedText()): MapLayerStates {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? '{}');
  } catch {
    stored = {};
  }
  const states = { ...ALL_SHOWN };
  if (typeof stored !== 'object' || stored === null) return states;
  for (const name of MAP_LAYERS) {
    const state: unknown = Reflect.get(stored, name);
    if (isLayerState(state)) states[name] = { isOn: state.isOn, opacity: state.opacity };
  }
  return states;
}

function storedText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function isLayerState(value: unknown): value is MapLayerState {
  if (typeof value !== 'object' || value === null || !('isOn' in value) || !('opacity' in value))
    return false;
  const { isOn, opacity } = value;
  return typeof isOn === 'boolean' && typeof opacity === 'number' && opacity >= 0 && opacity <= 1;
}
