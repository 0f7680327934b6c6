import type { Geometry } from '../../../src/contract/index.ts';
import { MAX_DESIGN_NAME } from '../../network/designNames.ts';
import type {
  TownAddress,
  TownDesign,
  TownDesignPole,
  TownPole,
  TownStreet,
} from '../../network/townTypes.ts';
import type { MappedValues } from '../columns/mappedValues.ts';
import type { DataBatch, DataKind, DataMapping } from '../dataTypes.ts';

type Properties = Record<string, unknown>;

/** Collects features of one kind into batches. */
export interface FeatureSink {
  add(number: number, geometry: Geometry, properties: Properties, values: MappedValues): void;
  readonly size: number;
  /** Gives what was added since the last time. */
  take(): DataBatch;
}

export function featureSink(kind: DataKind): FeatureSink {
  switch (kind) {
    case 'addresses':
      return sink<TownAddress>(
        (geometry, properties, { street, number, unit, postcode, city }) =>
          geometry.type === 'Point' && {
            type: 'Feature',
            geometry,
            properties: {
              ...properties,
              ...(unit !== undefined && { unit }),
              ...(postcode !== undefined && { postcode }),
              ...(city !== undefined && { city }),
              street_name: street ?? null,
              street_number: number ?? null,
            },
          },
        (features, numbers) => ({ kind: 'addresses', features, numbers }),
      );
    case 'poles':
      return sink<TownPole>(
        (geometry, properties, { name }) =>
          geometry.type === 'Point' && {
            type: 'Feature',
            geometry,
            properties: { ...properties, name: name ?? null },
          },
        (features, numbers) => ({ kind: 'poles', features, numbers }),
      );
    case 'streets':
      return sink<TownStreet>(
        (geometry, properties, { name }) =>
          geometry.type === 'LineString' && {
            type: 'Feature',
            geometry,
            properties: { ...properties, name: name ?? null },
          },
        (features, numbers) => ({ kind: 'streets', features, numbers }),
      );
    case 'designPoles':
      return sink<TownDesignPole>(
        (geometry, properties, { name, design }) =>
          geometry.type === 'Point' && {
            type: 'Feature',
            geometry,
            properties: { ...properties, name: name ?? null, design: design ?? '' },
          },
        (features, numbers) => ({ kind: 'designPoles', features, numbers }),
      );
    case 'designs': {
      const taken = new Set<string>();
      return sink<TownDesign>(
        (geometry, _, { name }) => geometry.type === 'Polygon' && { name: ownName(name, taken), geometry },
        (features, numbers) => ({ kind: 'designs', features, numbers }),
      );
    }
  }
}

/** Each design has a name of its own. */
function ownName(name: string | undefined, taken: Set<string>): string {
  const base = (name ?? 'design').slice(0, MAX_DESIGN_NAME - 8);
  let own = base;
  for (let n = 2; taken.has(own); n++) own = `${base} (${n})`;
  taken.add(own);
  return own;
}

function sink<Feature>(
  make: (geometry: Geometry, properties: Properties, values: MappedValues) => Feature | false,
  batch: (features: Feature[], numbers: number[]) => DataBatch,
): FeatureSink {
  let features: Feature[] = [];
  let numbers: number[] = [];
  return {
    add(number, geometry, properties, values) {
      const feature = make(geometry, properties, values);
      if (feature === false) return;
      features.push(feature);
      numbers.push(number);
    },
    get size() {
      return features.length;
    },
    take() {
      const made = batch(features, numbers);
      features = [];
      numbers = [];
      return made;
    },
  };
}

/**
 * Without the columns whose whole value is kept under another name: a store has them as `street_name` and so on. The column of an
 * id stays, because a merge knows features again by it, and so do parts that were joined.
 */
export function restOfProperties(properties: Properties, { kind, columns }: DataMapping): Properties {
  const roles =
    kind === 'addresses'
      ? (['street', 'number', 'unit', 'postcode', 'city'] as const)
      : (['name', 'design'] as const);
  const moved = new Set(roles.map((role) => columns[role]).filter((column) => typeof column === 'string'));
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !moved.has(name)));
}
