import type { Geometry } from '../../src/contract/index.ts';
import type { TownAddress, TownDesign, TownDesignPole, TownPole, TownStreet } from '../network/townTypes.ts';

// The types of the reader of planners' files. All of them can be cloned, so a worker can send and receive them.

/** A file as a user gives it. In Node `fs.openAsBlob` makes the Blob, which reads the file piece by piece. */
export interface DataFile {
  name: string;
  blob: Blob;
}

export type DataFormat =
  | 'geojson'
  | 'geojson-seq'
  | 'ndjson'
  | 'esri-json'
  | 'overpass-json'
  | 'shapefile'
  | 'csv'
  | 'kml'
  | 'geopackage';

/** The features of a layer become one of these. */
export const DATA_KINDS = ['addresses', 'poles', 'streets', 'designs', 'designPoles'] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** A column can mean one of these. `address` is a full address in one column: '12 Main St', 'Hauptstr. 12a'. */
export const COLUMN_ROLES = [
  'street',
  'number',
  'unit',
  'postcode',
  'city',
  'address',
  'id',
  'name',
  'design',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** The columns that give a CSV file its places. */
export type PlaceColumns =
  | { type: 'xy'; x: string; y: string }
  /** Both in one column: '52.1, 4.3'. */
  | { type: 'pair'; column: string }
  /** WKT, WKB in hex, or GeoJSON. */
  | { type: 'geometry'; column: string };

/**
 * It says how a layer is read. `DataLayer.suggestion` is one that can be used as it is; a user may change any part of it. It is
 * plain JSON, so it can be kept for the next file of the same shape (`DataLayer.shape`).
 */
export interface DataMapping {
  kind: DataKind;
  /** The column of each meaning, or several that are joined: `{ street: ['PREDIR', 'STREET', 'SUFFIX'] }`. */
  columns: Partial<Record<ColumnRole, string | string[]>>;
  /** For CSV: where the places are. The guess if it is left out. */
  place?: PlaceColumns;
  /** The coordinate system, instead of the file's: 'EPSG:28992', or a definition as WKT or PROJ text. */
  crs?: string;
  /** Reads the second coordinate as the first. */
  swapAxes?: boolean;
  /** The encoding, instead of the one that was declared or detected: a label of the Encoding Standard. */
  encoding?: string;
  /** An address that came before, at the same place with the same words, is kept unless this says 'leave-out'. */
  duplicates?: 'keep' | 'leave-out';
}

export interface DataEncoding {
  /** As the Encoding Standard names it: 'utf-8', 'windows-1252', 'shift_jis'. */
  name: string;
  /** 'standard': the format allows no other. */
  from: 'bom' | 'declared' | 'detected' | 'standard' | 'mapping';
}

export interface DataCrs {
  /** 'Amersfoort / RD New'. */
  name: string;
  epsg?: number;
  /**
   * It says where the system is known from. 'guessed': from the names of columns and the size of the numbers, so ask the user.
   * 'unknown': the layer cannot be read before `mapping.crs` says it.
   */
  from: 'file' | 'prj' | 'table' | 'standard' | 'mapping' | 'guessed' | 'unknown';
  /** With 'guessed' and 'unknown': systems in which the numbers lie on land where they are used, the likeliest first. */
  candidates?: { epsg: number; name: string }[];
}

export interface DataColumn {
  name: string;
  /** The first values that are not empty, at most three, cut at 80 characters. */
  examples: string[];
  /** So many of the sampled features have a value. */
  filled: number;
  role?: ColumnRole;
}

export interface DataRow {
  /** The number of the feature in its layer, from 1. A CSV file counts rows, and its heading is row 1. */
  number: number;
  properties: Record<string, unknown>;
  /** In WGS 84, as it would be stored by the suggestion; null where there is none or it cannot be read. */
  geometry: Geometry | null;
  /** The suggestion makes this of the mapped columns. */
  mapped: Partial<Record<ColumnRole, string>>;
  /** Why this feature would be left out. */
  problem?: DataReason;
}

/** A reason, with a code and values for those who translate, and as an English sentence that names the fix. */
export interface DataReason {
  code: string;
  values: Record<string, string | number>;
  text: string;
}

export interface DataLayer {
  /** Names the layer among the layers of these files; `readLayer` finds it by this. */
  id: string;
  /** The file in which it is. */
  file: string;
  /** The way to it through archives: ['town.zip', 'data/houses.shp']. The first is the file itself. */
  path: string[];
  name: string;
  format: DataFormat;
  encoding?: DataEncoding;
  crs: DataCrs;
  /** The features of the layer where the format says how many there are. */
  features?: number;
  /** The features that the rest of this description stands on. */
  sampled: number;
  /** The geometries of the sampled features, counted: { Point: 272, none: 1 }. */
  geometries: Record<string, number>;
  columns: DataColumn[];
  /** The first ten. */
  rows: DataRow[];
  suggestion: DataMapping;
  /** True where `suggestion.swapAxes` is, because most positions lie where nobody lives, and would not if swapped. */
  swapped: boolean;
  /** The same for files with the same format and columns: a key to keep a mapping by. */
  shape: string;
  /** A user should know these before anything is stored: '0 of 272 have a street name'. */
  notes: DataReason[];
}

export interface DataProblem extends DataReason {
  /** The file, or the path through archives joined by '/'. Empty where the layers do not go together. */
  file: string;
}

export interface OpenedData {
  layers: DataLayer[];
  /** Files, and parts of archives, that cannot be read as layers. The other layers are good all the same. */
  problems: DataProblem[];
}

export interface DataProgress {
  /** While a layer is read: bytes of its file as it is given, packed or not. While files are opened: layers. */
  done: number;
  total: number;
}

export interface DataOptions {
  signal?: AbortSignal;
  /** Encodings that the user chose, by `DataLayer.id`: the names of columns are read by them as well. */
  encodings?: Readonly<Record<string, string>>;
  onProgress?: (progress: DataProgress) => void;
}

interface Batch<Kind extends DataKind, Feature> {
  kind: Kind;
  features: Feature[];
  /** The number of each feature in its layer. Parts of one feature have the same. */
  numbers: number[];
}

/** At most 1,000 features, in the order of the file. */
export type DataBatch =
  | Batch<'addresses', TownAddress>
  | Batch<'poles', TownPole>
  | Batch<'streets', TownStreet>
  | Batch<'designs', TownDesign>
  | Batch<'designPoles', TownDesignPole>;

export interface LeftOut extends DataReason {
  number: number;
}

export interface DataReport {
  layer: string;
  file: string;
  kind: DataKind;
  crs: DataCrs;
  encoding?: DataEncoding;
  /** Features in the file, and those that were given in batches. Parts of one feature count one each in `given`. */
  read: number;
  given: number;
  leftOut: {
    count: number;
    byReason: { code: string; count: number; text: string }[];
    /** The first 1,000. */
    first: LeftOut[];
  };
  /** Addresses that came before, at the same place with the same words. */
  duplicates: { count: number; first: { number: number; sameAs: number }[] };
  /** Features that were taken apart, and the parts that came of them. */
  takenApart: { features: number; parts: number };
  /** Areas and lines that became points. */
  turnedIntoPoints: number;
  /** Positions beyond 180 degrees that were brought back. */
  wrapped: number;
  /** So many of the given features have a street, a number, a name. */
  filled: { street: number; number: number; name: number };
  notes: DataReason[];
}

/** Iterate over the batches; after the last one `report` is whole. */
export interface LayerReading extends AsyncIterable<DataBatch> {
  readonly report: DataReport;
}
