import type { Geometry } from '../../src/contract/index.ts';

export const LAYER_KINDS = ['addresses', 'poles', 'streets', 'designPoles'] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

/** A feature of a town. Its `id` is not kept: the store numbers the records of each table itself, from 1, in order. */
export interface TownFeature<G extends Geometry = Geometry, P = Record<string, unknown>> {
  type: 'Feature';
  geometry: G;
  properties: P;
}

export interface TownLayer<F extends TownFeature = TownFeature> {
  type: 'FeatureCollection';
  features: F[];
}

type Point = Extract<Geometry, { type: 'Point' }>;
type LineString = Extract<Geometry, { type: 'LineString' }>;
export type Polygon = Extract<Geometry, { type: 'Polygon' }>;

/** Those that mean something here, and any others, which are kept for show. */
type Properties<Known> = Known & Record<string, unknown>;
interface Named {
  name?: string | null;
}

/** `street_name` and `street_number` name the wall box of the address. */
export type TownAddress = TownFeature<
  Point,
  Properties<{ street_name?: string | null; street_number?: string | null }>
>;
export type TownPole = TownFeature<Point, Properties<Named>>;
export type TownStreet = TownFeature<LineString, Properties<Named>>;
/** A pole that belongs to a design: `properties.design` is the design's name. */
export type TownDesignPole = TownFeature<Point, Properties<Named & { design: string }>>;

export interface TownDesign {
  /** 'NAME', unique in the town, at most 193 characters; its URN is 'design/NAME'. */
  name: string;
  geometry: Polygon;
}

/** A network starts from this: a town as surveyed (master), and the designs that are being planned in it. */
export interface TownData {
  addresses: TownLayer<TownAddress>;
  poles: TownLayer<TownPole>;
  /** For the map only: nothing is built along them. */
  streets?: TownLayer<TownStreet>;
  designs: TownDesign[];
  designPoles?: TownLayer<TownDesignPole>;
}
