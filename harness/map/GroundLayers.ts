import type { GeoFeature } from '../../src/contract/index.ts';
import { GrowingLayer } from '../../src/maps/openlayers/GrowingLayer.ts';
import type { MapLayerState } from './mapLayers.ts';
import { type GroundLook, paintAddressDots, paintPoleRings } from './paintGround.ts';
import { type MapTheme, mapPalettes } from './palette.ts';

/** Dots cost a tenth of what lines do: a town of 14,000 addresses is one frame. */
const DOTS = { mostInAFrame: 20_000 };

export type GroundName = 'address' | 'pole';

/** Shows the addresses and poles of the town, as they are added. */
export class GroundLayers {
  readonly #layers: Record<GroundName, GrowingLayer<GroundLook>> = {
    address: new GrowingLayer(paintAddressDots, DOTS),
    pole: new GrowingLayer(paintPoleRings, DOTS),
  };
  /** The shapes share them, so a change of theme changes these. */
  readonly #looks: Record<'address' | 'pole' | 'designPole', GroundLook>;

  constructor(theme: MapTheme) {
    this.#looks = looksOf(theme);
  }

  get layers() {
    const { address, pole } = this.#layers;
    address.layer.setZIndex(50);
    pole.layer.setZIndex(60);
    return [address.layer, pole.layer];
  }

  add(name: GroundName, features: readonly GeoFeature[]): void {
    const shapes = features.flatMap(({ id, geometry, properties }) => {
      if (geometry.type !== 'Point') return [];
      const look = this.#looks[name === 'pole' && properties.design ? 'designPole' : name];
      return [{ id, shape: geometry.coordinates.slice(0, 2), look }];
    });
    this.#layers[name].add(shapes);
  }

  remove(name: GroundName, features: readonly GeoFeature[]): void {
    this.#layers[name].remove(new Set(features.map(({ id }) => id)));
  }

  setTheme(theme: MapTheme): void {
    const looks = looksOf(theme);
    for (const name of ['address', 'pole', 'designPole'] as const)
      Object.assign(this.#looks[name], looks[name]);
    for (const layer of Object.values(this.#layers)) layer.repaint();
  }

  setLayer(name: GroundName, { isOn, opacity }: MapLayerState): void {
    this.#layers[name].isOn = isOn;
    this.#layers[name].layer.setOpacity(opacity);
  }

  dispose(): void {
    for (const layer of Object.values(this.#layers)) layer.dispose();
  }
}

function looksOf(theme: MapTheme) {
  const { address, pole, design, halo } = mapPalettes[theme];
  return {
    address: { colour: address, halo, isOfDesign: false },
    pole: { colour: pole, halo, isOfDesign: false },
    designPole: { colour: design, halo, isOfDesign: true },
  };
}
