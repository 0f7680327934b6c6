import type { Geometry } from '../../src/contract/index.ts';
import type { HostFeature } from '../../src/host/contract.ts';

/** The data of a feature: GeoJSON of the table's own properties, without `id`. */
export interface FeatureData {
  id: string | number;
  /** Table: 'pole'. */
  type: string;
  properties: Record<string, unknown>;
  geometry: Geometry | null;
  /** Default: its name, else its URN. */
  title?: string;
  /** The design it belongs to, as 'design/NAME'. */
  delta?: string;
}

/** A feature asks this for the features that it is related to. */
export interface FeatureSource {
  related(feature: Feature, relationship: string): Promise<Feature[]>;
}

/** A feature as the platform gives it to plugins: a copy, stored again only with the database's `updateFeature`. */
export class Feature implements HostFeature {
  readonly id: string | number;
  readonly type: string;
  properties: Record<string, unknown>;
  geometry: Geometry | null;
  readonly _myw: { title: string; delta?: string };
  readonly #source: FeatureSource;

  constructor({ id, type, properties, geometry, title, delta }: FeatureData, source: FeatureSource) {
    this.id = id;
    this.type = type;
    // Theirs to change, and not what is stored.
    this.properties = { id, ...structuredClone(properties) };
    this.geometry = structuredClone(geometry);
    const { name } = properties;
    const called = title ?? (typeof name === 'string' && name !== '' ? name : `${type}/${id}`);
    this._myw = { title: called, ...(delta === undefined ? {} : { delta }) };
    this.#source = source;
  }

  /** The database that stores it. */
  get database(): FeatureSource {
    return this.#source;
  }

  getId(): string | number {
    return this.id;
  }

  getType(): string {
    return this.type;
  }

  getTypeExternalName(): string {
    return externalName(this.type);
  }

  getUrn(): string {
    return `${this.type}/${this.id}`;
  }

  getTitle(): string {
    return this._myw.title;
  }

  getShortDescription(): string {
    return this.getTypeExternalName();
  }

  getProperties(): Record<string, unknown> {
    return this.properties;
  }

  getGeometry(): Geometry | null {
    return this.geometry;
  }

  getGeometryType(): string | undefined {
    return this.geometry?.type;
  }

  hasGeometry(): boolean {
    return this.geometry !== null;
  }

  asGeoJson(): {
    type: 'Feature';
    id: string | number;
    properties: Record<string, unknown>;
    geometry: Geometry | null;
  } {
    return { type: 'Feature', id: this.id, properties: { ...this.properties }, geometry: this.geometry };
  }

  /** The features that a property names by URN or, where it has no such property, those that name this one. */
  followRelationship(relationship: string): Promise<Feature[]> {
    return this.#source.related(this, relationship);
  }
}

/** 'wall_box' gives 'Wall box'. */
export function externalName(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
