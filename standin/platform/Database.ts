import { type BoundingBox, boundsOf, type Position } from '../../src/contract/index.ts';
import type { HostFeature } from '../../src/host/contract.ts';
import { Events } from '../../src/host/events.ts';
import { datasourceOf } from './datasource.ts';
import { describeTable } from './describeTable.ts';
import { Feature, type FeatureData } from './Feature.ts';
import { distanceTo, overlap } from './geometry.ts';
import { matcher } from './matcher.ts';
import { defineMissingMembers } from './missingMembers.ts';
import { bare, deletion, type GeoJsonData, insertion, type Operation, update } from './operations.ts';
import { featureModels } from './registries.ts';
import { Transaction } from './Transaction.ts';

export interface QueryOptions {
  /** West, south, east, north. */
  bounds?: BoundingBox;
  limit?: number;
}

/** A change that was stored. */
export interface DatabaseChange {
  featureType: string;
  changeType: 'insert' | 'update' | 'delete';
  feature: Feature;
}

export type Relationships = (
  feature: Feature,
  relationship: string,
  database: Database,
) => Promise<Feature[]> | undefined;

export interface DatabaseOptions {
  features?: readonly FeatureData[];
  /** Answers `followRelationship` where URNs in properties do not; undefined: as ever. */
  relationships?: Relationships;
  /** Further members of `getDatasource('myworld')`, such as `{ comms: { equipsIn } }`. */
  datasource?: Record<string, unknown>;
}

// Metres: two positions that are meant to be the same.
const SAME_PLACE = 0.01;

/** The features of an application, in memory. Fires 'changed' with a `DatabaseChange` for each one that is stored. */
export class Database extends Events {
  readonly #tables = new Map<string, Map<string, FeatureData>>();
  readonly #relationships: Relationships | undefined;
  readonly #datasource: object;

  static {
    defineMissingMembers('database', Database.prototype);
  }

  constructor({ features = [], relationships, datasource = {} }: DatabaseOptions = {}) {
    super();
    this.#relationships = relationships;
    this.#datasource = datasourceOf(this, datasource);
    this.load(features);
  }

  /** Puts features in, in the place of those with the same id. It fires no event. */
  load(features: readonly FeatureData[]): void {
    for (const feature of features) this.#table(feature.type).set(String(feature.id), feature);
  }

  /** Rejects with an Error that names the feature, where there is none. */
  async getFeature(type: string, id: string | number): Promise<Feature> {
    return this.#feature(this.#find(type, id));
  }

  /** `urn`: 'pole/12'. */
  async getFeatureByUrn(urn: string): Promise<Feature> {
    const slash = urn.lastIndexOf('/');
    return this.getFeature(urn.slice(0, slash), urn.slice(slash + 1));
  }

  async getFeatures(type: string, { bounds, limit }: QueryOptions = {}): Promise<Feature[]> {
    const found = this.#all(type).filter(({ geometry }) => {
      if (!bounds) return true;
      const box = boundsOf([geometry]);
      return box !== undefined && overlap(box, bounds);
    });
    return found.slice(0, limit).map((data) => this.#feature(data));
  }

  queryFeatures(type: string, options?: QueryOptions): Promise<Feature[]> {
    return this.getFeatures(type, options);
  }

  async countFeatures(type: string, options?: QueryOptions): Promise<number> {
    return (await this.getFeatures(type, options)).length;
  }

  /** `operator`: '=', '<>', '<', '<=', '>', '>=' or 'like' ('%' for any text). */
  async getFeaturesByValue(
    type: string,
    field: string,
    operator: string,
    value: unknown,
  ): Promise<Feature[]> {
    const matches = matcher(operator, value);
    return this.#all(type)
      .filter((data) => matches(field === 'id' ? data.id : data.properties[field]))
      .map((data) => this.#feature(data));
  }

  /** `position`: { lat, lng } or [longitude, latitude]; `tolerance` in metres. Nearest first. */
  async getFeaturesAround(
    types: readonly string[],
    position: { lat: number; lng: number } | readonly number[],
    tolerance: number,
  ): Promise<Feature[]> {
    const at: Position =
      'lat' in position ? [position.lng, position.lat] : [position[0] ?? 0, position[1] ?? 0];
    return types
      .flatMap((type) => this.#all(type))
      .map((data) => ({ data, distance: distanceTo(at, data.geometry) }))
      .filter(({ distance }) => distance <= tolerance + SAME_PLACE)
      .sort((a, b) => a.distance - b.distance)
      .map(({ data }) => this.#feature(data));
  }

  /** The tables, as '[datasource]/[table]', with their fields as far as the features show them. */
  getFeatureTypes() {
    return Object.fromEntries(
      [...this.#tables].map(([type, table]) => [`myworld/${type}`, describeTable(type, [...table.values()])]),
    );
  }

  async getDDInfoFor(types: readonly string[]) {
    return Object.fromEntries(types.map((type) => [type, describeTable(bare(type), this.#all(type))]));
  }

  /** Not stored before it is given to `insertFeature`. */
  async createDetachedFeature(type: string): Promise<Feature> {
    const table = bare(type);
    return this.#feature({ type: table, id: this.#nextId(table), properties: {}, geometry: null });
  }

  /** Resolves with the id of what was inserted. */
  async insertFeature(featureOrType: Feature | string, data: GeoJsonData = {}): Promise<string | number> {
    const [id] = await this.#run([insertion(featureOrType, data)]);
    return id ?? '';
  }

  async updateFeature(
    featureOrType: Feature | string,
    id?: string | number,
    data: GeoJsonData = {},
  ): Promise<boolean> {
    await this.#run([update(featureOrType, id, data)]);
    return true;
  }

  async deleteFeature(featureOrType: Feature | string, id?: string | number): Promise<void> {
    await this.#run([deletion(featureOrType, id)]);
  }

  /** A feature as the platform has it, made of one that someone else made. */
  adopt(feature: HostFeature): Feature {
    if (feature instanceof Feature) return feature;
    const { id, properties, geometry, _myw } = feature;
    return this.#feature({
      id,
      type: feature.getType(),
      properties: { ...properties },
      geometry: geometry ?? null,
      title: _myw?.title ?? feature.getTitle(),
      ...(_myw?.delta === undefined ? {} : { delta: _myw.delta }),
    });
  }

  transaction(): Transaction {
    return new Transaction(this);
  }

  /** All of it, or nothing: rejects where one of the features is not there. */
  async runTransaction(transaction: Transaction): Promise<(string | number)[]> {
    return this.#run(transaction.getOperations());
  }

  getDatasource(_name?: string): object {
    return this.#datasource;
  }

  async related(feature: Feature, relationship: string): Promise<Feature[]> {
    const given = await this.#relationships?.(feature, relationship, this);
    if (given) return given;
    const reference = feature.properties[relationship];
    if (reference !== undefined && reference !== null) {
      const urns = (Array.isArray(reference) ? reference : String(reference).split(',')).map(String);
      return Promise.all(urns.map((urn) => this.getFeatureByUrn(urn.trim())));
    }
    const urn = feature.getUrn();
    return [...this.#tables.values()]
      .flatMap((table) => [...table.values()])
      .filter(({ properties }) => Object.values(properties).includes(urn))
      .map((data) => this.#feature(data));
  }

  #run(operations: readonly Operation[]): (string | number)[] {
    // First what can be refused, so that nothing is stored of a transaction that fails.
    for (const { kind, type, id } of operations) {
      if (kind !== 'insert') this.#find(type, id ?? '');
    }
    const changes = operations.map((operation) => this.#store(operation));
    for (const change of changes) this.fire('changed', change);
    return changes.map(({ feature }) => feature.id);
  }

  #store({ kind, type, id, data }: Operation): DatabaseChange {
    const table = this.#table(type);
    if (kind === 'insert') {
      const { id: given, ...properties } = data.properties ?? {};
      const isFree = (typeof given === 'number' || typeof given === 'string') && !table.has(String(given));
      const stored = structuredClone({
        type,
        id: isFree ? given : this.#nextId(type),
        properties,
        geometry: data.geometry ?? null,
      });
      table.set(String(stored.id), stored);
      return { featureType: type, changeType: kind, feature: this.#feature(stored) };
    }
    const before = this.#find(type, id ?? '');
    if (kind === 'delete') {
      table.delete(String(before.id));
      return { featureType: type, changeType: kind, feature: this.#feature(before) };
    }
    const { title: _title, ...rest } = before;
    const { id: _id, ...properties } = structuredClone({ ...before.properties, ...data.properties });
    const geometry = data.geometry === undefined ? before.geometry : structuredClone(data.geometry);
    // A title of its own that is not made of its name stays.
    const title = before.title === before.properties.name ? {} : titled(before);
    const stored: FeatureData = { ...rest, ...title, properties, geometry };
    table.set(String(before.id), stored);
    return { featureType: type, changeType: kind, feature: this.#feature(stored) };
  }

  #feature(data: FeatureData): Feature {
    const Model = featureModels[data.type];
    const made: unknown = isModel(Model) ? Reflect.construct(Model, [data, this]) : undefined;
    return made instanceof Feature ? made : new Feature(data, this);
  }

  #find(type: string, id: string | number): FeatureData {
    const found = this.#tables.get(bare(type))?.get(String(id));
    if (!found) throw new Error(`There is no ${bare(type)}/${id} in the database`);
    return found;
  }

  #all(type: string): FeatureData[] {
    return [...(this.#tables.get(bare(type))?.values() ?? [])];
  }

  #table(type: string): Map<string, FeatureData> {
    const name = bare(type);
    const table = this.#tables.get(name) ?? new Map<string, FeatureData>();
    this.#tables.set(name, table);
    return table;
  }

  #nextId(type: string): number {
    const ids = [...this.#table(type).values()].map(({ id }) => Number(id)).filter(Number.isFinite);
    return Math.max(0, ...ids) + 1;
  }
}

function titled({ title }: FeatureData): { title?: string } {
  return title === undefined ? {} : { title };
}

/** A class of a plugin's own for the features of a table; one of a class that is not here cannot be made. */
function isModel(value: unknown): value is new (...args: never[]) => Feature {
  return typeof value === 'function' && value.prototype instanceof Feature;
}
