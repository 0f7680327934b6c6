import LayerGroup from 'ol/layer/Group.js';
import type { GeoFeature, Position } from '../../contract/index.ts';
import type { DropBundles } from '../base/DropBundles.ts';
import type { FreshDrop } from '../base/FreshDrops.ts';
import {
  CABLE_SIZES,
  cableSizeOf,
  equipmentSignOf,
  isUnderground,
  kindOf,
  type OverlayLook,
  SIGNS,
} from '../base/symbology.ts';
import { type Drawn, GrowingLayer, type Shape } from './GrowingLayer.ts';
import {
  paintAddresses,
  paintCables,
  paintDrops,
  paintEnds,
  paintEquipment,
  paintFresh,
  paintPoles,
  paintRoutes,
  type ShapeLook,
} from './paint.ts';

/** Features that share a look. */
export interface FeatureGroup {
  features: Iterable<GeoFeature>;
  bundles: DropBundles;
  look: OverlayLook;
}

interface Looks {
  bundles: ShapeLook[];
  cables: ShapeLook[];
  /** The first is of routes that hang, the second of those in the ground. */
  routes: ShapeLook[];
  /** By shape. */
  equipment: ShapeLook[];
}

export type Kind = 'drops' | 'routes' | 'cables' | 'addresses' | 'poles' | 'equipment';

/**
 * The layers that show features of a network as src/maps/base/symbology.ts says: of tasks, and of an application that draws its
 * stored network in the same way. All groups share the layers, so that a frame draws eight pictures at most.
 */
export class FeatureLayers {
  /** Drops, their ends, routes, cables. */
  readonly lines: LayerGroup;
  /** Poles, addresses, equipment. */
  readonly points: LayerGroup;
  readonly #drops = new GrowingLayer(paintDrops);
  readonly #fresh = new GrowingLayer(paintFresh);
  readonly #ends = new GrowingLayer(paintEnds);
  readonly #routes = new GrowingLayer(paintRoutes);
  readonly #cables = new GrowingLayer(paintCables);
  readonly #poles = new GrowingLayer(paintPoles);
  readonly #addresses = new GrowingLayer(paintAddresses);
  readonly #equipment = new GrowingLayer(paintEquipment);
  /** The looks of each group: of its bundles of drops, and of its cables by size. */
  readonly #looks = new Map<string, Looks>();

  constructor() {
    const group = (...layers: GrowingLayer<ShapeLook>[]) =>
      new LayerGroup({ layers: layers.map(({ layer }) => layer) });
    this.lines = group(this.#drops, this.#fresh, this.#ends, this.#routes, this.#cables);
    this.points = group(this.#poles, this.#addresses, this.#equipment);
  }

  add(id: string, { features, bundles, look }: FeatureGroup): void {
    this.#update(id, bundles, look);
    this.#shapesOf(id, features, bundles, (kind, shapes) => {
      this.#layersOf(kind).forEach((layer) => {
        layer.add(shapes);
      });
    });
  }

  /** Shows drops of a group, which are on the map, as members of another bundle. */
  move(id: string, { features, bundles, look }: FeatureGroup): void {
    this.#update(id, bundles, look);
    this.#shapesOf(id, features, bundles, (kind, shapes) => {
      for (const layer of this.#layersOf(kind)) layer.change(shapes);
    });
  }

  /** Takes features of a group off the map. */
  remove(id: string, { features, bundles, look }: FeatureGroup): void {
    const ids = new Set(Array.from(features, (feature) => `${id} ${feature.id}`));
    for (const kind of KINDS) for (const layer of this.#layersOf(kind)) layer.remove(ids);
    this.restyle(id, { bundles, look });
  }

  /** Shows a group in another look. */
  restyle(id: string, { bundles, look }: Omit<FeatureGroup, 'features'>): void {
    const known = this.#looks.get(id);
    if (!known) return;
    const [first] = known.cables;
    const isRecoloured = !first || !isSame(first, look);
    this.#update(id, bundles, look);
    this.#drops.repaint();
    if (!isRecoloured) return;
    for (const layer of KINDS.flatMap((kind) => this.#layersOf(kind)))
      if (layer !== this.#drops) layer.repaint();
  }

  /** Shows these groups, in this order, in place of all that were there. */
  reset(groups: Iterable<readonly [id: string, group: FeatureGroup]>): void {
    const all = noShapes();
    this.#looks.clear();
    for (const [id, { features, bundles, look }] of groups) {
      this.#update(id, bundles, look);
      this.#shapesOf(id, features, bundles, (kind, shapes) => {
        for (const shape of shapes) all[kind].push(shape);
      });
    }
    for (const kind of KINDS) {
      for (const layer of this.#layersOf(kind)) layer.reset(all[kind]);
    }
  }

  /** Switches what is of these kinds on or off, and sets how opaque it is. */
  setLayer(kind: Kind, { isOn, opacity }: { isOn: boolean; opacity: number }): void {
    for (const layer of this.#layersOf(kind)) {
      layer.isOn = isOn;
      layer.layer.setOpacity(opacity);
    }
  }

  /** True where everything is painted. */
  get isComplete(): boolean {
    return KINDS.every((kind) => this.#layersOf(kind).every(({ isComplete }) => isComplete));
  }

  showFresh(drops: readonly FreshDrop[], lookOf: (colour: string) => OverlayLook): void {
    const looks = new Map<string, ShapeLook>();
    this.#fresh.reset(
      drops.flatMap(({ feature: { geometry }, colour }) => {
        if (geometry.type !== 'LineString') return [];
        const look = looks.get(colour) ?? { ...lookOf(colour), meeting: 1, size: 0 };
        looks.set(colour, look);
        return [{ shape: shapeOf(geometry.coordinates), look }];
      }),
    );
  }

  dispose(): void {
    for (const layer of [this.#fresh, ...KINDS.flatMap((kind) => this.#layersOf(kind))]) layer.dispose();
    this.lines.dispose();
    this.points.dispose();
  }

  #layersOf(kind: Kind): GrowingLayer<ShapeLook>[] {
    if (kind === 'drops') return [this.#drops, this.#ends];
    return [
      {
        routes: this.#routes,
        cables: this.#cables,
        poles: this.#poles,
        addresses: this.#addresses,
        equipment: this.#equipment,
      }[kind],
    ];
  }

  /** Changes the looks in place: the shapes share them. */
  #update(id: string, bundles: DropBundles, look: OverlayLook): void {
    const looks = this.#looks.get(id) ?? { bundles: [], cables: [], routes: [], equipment: [] };
    this.#looks.set(id, looks);
    const show = (list: ShapeLook[], index: number, shown: ShapeLook) => {
      const known = list[index];
      if (known) Object.assign(known, shown);
      else list.push(shown);
    };
    for (let bundle = 0; bundle < bundles.size; bundle++)
      show(looks.bundles, bundle, { ...look, meeting: bundles.meetingIn(bundle), size: 0 });
    for (let size = 0; size < CABLE_SIZES; size++) show(looks.cables, size, { ...look, meeting: 1, size });
    for (const size of [0, 1]) show(looks.routes, size, { ...look, meeting: 1, size });
    for (const size of SIGNS.keys()) show(looks.equipment, size, { ...look, meeting: 1, size });
  }

  #shapesOf(
    id: string,
    features: Iterable<GeoFeature>,
    bundles: DropBundles,
    take: (kind: Kind, shapes: Drawn<ShapeLook>[]) => void,
  ): void {
    const looks = this.#looks.get(id);
    const found = noShapes();
    for (const feature of features) {
      const { id: featureId, geometry } = feature;
      const put = (kind: Kind, positions: readonly Position[], index = 0) => {
        const by = kind === 'cables' || kind === 'routes' || kind === 'equipment' ? kind : 'bundles';
        const look = looks?.[by][index];
        if (look) found[kind].push({ id: `${id} ${featureId}`, shape: shapeOf(positions), look });
      };
      const kind = kindOf(feature);
      if (geometry.type === 'Point') {
        if (kind === 'equipment')
          put('equipment', [geometry.coordinates], SIGNS.indexOf(equipmentSignOf(feature)));
        else put(kind === 'pole' ? 'poles' : 'addresses', [geometry.coordinates]);
      } else if (geometry.type === 'Polygon') for (const ring of geometry.coordinates) put('cables', ring);
      else if (kind === 'cable') put('cables', geometry.coordinates, cableSizeOf(feature));
      else if (kind === 'route') put('routes', geometry.coordinates, isUnderground(feature) ? 1 : 0);
      else {
        const { coordinates } = geometry;
        const fromAddress = bundles.isReversed(featureId) ? coordinates : [...coordinates].reverse();
        put('drops', fromAddress, bundles.bundleOf(featureId));
      }
    }
    for (const kind of KINDS) if (found[kind].length > 0) take(kind, found[kind]);
  }
}

const KINDS = ['drops', 'routes', 'cables', 'addresses', 'poles', 'equipment'] as const;

const noShapes = (): Record<Kind, Drawn<ShapeLook>[]> => ({
  drops: [],
  routes: [],
  cables: [],
  addresses: [],
  poles: [],
  equipment: [],
});

const shapeOf = (positions: readonly Position[]): Shape =>
  positions.flatMap((position) => position.slice(0, 2));

function isSame(shown: OverlayLook, look: OverlayLook): boolean {
  return (
    shown.colour === look.colour &&
    shown.halo === look.halo &&
    shown.dashed === look.dashed &&
    shown.dotted === look.dotted &&
    shown.filled === look.filled
  );
}
