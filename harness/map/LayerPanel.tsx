import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { HarnessMsg } from '../messages/messages.ts';
import { ALL_SHOWN, MAP_LAYERS, type MapLayerStates } from './mapLayers.ts';

interface LayerPanelProps {
  states: MapLayerStates;
  onChange(states: MapLayerStates): void;
  onClose(): void;
  msg: HarnessMsg;
}

/** Switches and opacities of the map's layers: a card beside the map's buttons, and a sheet on a phone. The topmost layer comes first. */
export function LayerPanel({ states, onChange, onClose, msg }: LayerPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    // Escape is heard wherever the focus is in the panel.
    <section className="map-layers" aria-label={msg('layers')} onKeyDown={leave}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {msg('layers')}
        </h2>
        <button type="button" onClick={() => onChange(ALL_SHOWN)}>
          {msg('layersReset')}
        </button>
        <button type="button" className="map-layers-close" aria-label={msg('dismiss')} onClick={onClose}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
        </button>
      </header>
      <ul>
        {MAP_LAYERS.toReversed().map((name) => {
          const state = states[name];
          const label = msg(`layer_${name}`);
          return (
            <li key={name}>
              <label>
                <input
                  type="checkbox"
                  checked={state.isOn}
                  onChange={({ target }) =>
                    onChange({ ...states, [name]: { ...state, isOn: target.checked } })
                  }
                />
                <span>{label}</span>
              </label>
              <input
                type="range"
                min={10}
                max={100}
                step={10}
                value={Math.round(state.opacity * 100)}
                disabled={!state.isOn}
                aria-label={msg('layerOpacity', { layer: label })}
                aria-valuetext={`${Math.round(state.opacity * 100)}%`}
                onChange={({ target }) =>
                  onChange({ ...states, [name]: { ...state, opacity: Number(target.value) / 100 } })
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
