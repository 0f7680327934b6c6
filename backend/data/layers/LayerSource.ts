import type { ReadContext } from '../bytes/ByteSource.ts';
import type { DataEncoding, DataFormat, DataReason, PlaceColumns } from '../dataTypes.ts';

/** A geometry as a file has it: not checked, and in the coordinate system of the layer. */
export interface RawGeometry {
  type: string;
  coordinates?: unknown;
  geometries?: unknown;
}

/** A feature as a file has it. */
export interface RawFeature {
  /** From 1; of a CSV file the row. */
  number: number;
  geometry: RawGeometry | null;
  properties: Record<string, unknown>;
  /** The coordinate system that the feature says itself, such as 'EPSG:31256'. */
  system?: string;
  /** Why it cannot be used. */
  problem?: DataReason;
}

/** A file may say its coordinate system. */
export type CrsClaim =
  | { from: 'file' | 'prj' | 'table'; text: string; name?: string }
  | { from: 'standard' }
  | { from: 'none' };

export interface ReadHow {
  /** An encoding that the user chose. */
  encoding?: string;
  place?: PlaceColumns;
}

/** A layer that was found in a file, and can be read again and again. Each format makes its own. */
export interface LayerSource {
  path: readonly string[];
  name: string;
  format: DataFormat;
  encoding?: DataEncoding;
  crs: CrsClaim;
  features?: number;
  /** The columns in their order, where the format declares them. */
  columns?: string[];
  place?: PlaceColumns;
  notes: DataReason[];
  read(how: ReadHow, context: ReadContext): AsyncIterable<RawFeature[]>;
}
